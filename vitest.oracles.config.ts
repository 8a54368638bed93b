import { defineConfig } from "vitest/config";

/** The oracle suites: each adapter against the engine that decides. Needs Postgres and Python (see .ci/run). */
export default defineConfig({
	resolve: { conditions: ["source"] },
	ssr: { resolve: { conditions: ["source"] } },
	test: {
		setupFiles: ["tests/setup.ts"],
		include: ["packages/*/oracle/**/*.oracle.ts", "tests/oracles/**/*.oracle.ts"],
		exclude: ["**/node_modules/**", "**/dist/**"],
		testTimeout: 300_000,
		hookTimeout: 300_000,
		maxWorkers: 2,
	},
});
