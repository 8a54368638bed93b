import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defineConfig } from "tsup";
import { base } from "../../tsup.base";
import { bundleRuntime } from "../sandbox/src/process/bundle";
import { typeormReplacements } from "./src/bundle";
import { bundleEngine } from "./tsup.engine";

/** TypeORM's notice goes with the copy inside the sandbox's runtime; so do those of what it brings along. */
const banner = `/*! Contains TypeORM (Copyright (c) 2015-2025 Yakdu LLC, MIT), reflect-metadata (Copyright (c) Microsoft, Apache-2.0),
dayjs, sha.js, uuid, debug and what these need (MIT). */`;

export default defineConfig({
	...base,
	external: [/typeorm-engine\.js$/],
	onSuccess: async () => {
		const here = import.meta.dirname;
		const replace = typeormReplacements(join(here, "src/runtime"));
		const code = await bundleRuntime(join(here, "src/runtime/index.ts"), { replace, banner, minify: true });
		await writeFile(join(here, "dist/runtime.js"), code);
		await bundleEngine(here, banner);
	},
});
