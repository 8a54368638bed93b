import { cp } from "node:fs/promises";
import { defineConfig } from "tsup";
import { base } from "../../tsup.base";

export default defineConfig({
	...base,
	entry: ["src/index.ts", "src/main.ts"],
	/** `explain` shows the rule pages of the documentation. */
	onSuccess: () => cp("../../docs/rules", "dist/rules", { recursive: true }),
});
