import { defineConfig } from "tsup";
import { base } from "../../tsup.base";

/** Drizzle is Apache-2.0: its notice goes with the copy inside the sandbox's runtime. */
const notice = `/*! Contains drizzle-orm, Copyright Drizzle Team, licensed under the Apache License, Version 2.0
(http://www.apache.org/licenses/LICENSE-2.0). */`;

export default defineConfig([
	// Both configurations write into one folder.
	{ ...base, clean: ["!runtime.js"] },
	{
		entry: { runtime: "src/runtime/index.ts" },
		format: ["iife"],
		target: "node20",
		platform: "neutral",
		noExternal: [/.*/],
		// The sandbox's part comes from its sources, whether it is built yet or not.
		esbuildOptions: (options) => {
			options.conditions = ["source"];
		},
		outExtension: () => ({ js: ".js" }),
		banner: { js: notice },
		minify: true,
		clean: false,
	},
]);
