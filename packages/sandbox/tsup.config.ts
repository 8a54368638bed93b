import { defineConfig } from "tsup";
import { base } from "../../tsup.base";

export default defineConfig({
	...base,
	entry: { index: "src/index.ts", runtime: "src/runtime/index.ts", thread: "src/process/thread.ts" },
});
