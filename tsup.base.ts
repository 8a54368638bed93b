import type { Options } from "tsup";

/** The one build shape of every package: ESM for Node 20.19, with declarations. */
export const base = {
	entry: ["src/index.ts"],
	format: ["esm"],
	target: "node20",
	platform: "node",
	dts: { compilerOptions: { customConditions: [] } },
	clean: true,
	splitting: true,
	sourcemap: true,
} satisfies Options;
