import { defineConfig } from "vitest/config";

/** The fast suite: needs nothing but Node (the README's test command). */
export default defineConfig({
	resolve: { conditions: ["source"] },
	ssr: { resolve: { conditions: ["source"] } },
	test: {
		setupFiles: ["tests/setup.ts"],
		include: ["packages/*/test/**/*.test.ts", "tests/**/*.test.ts"],
		exclude: ["**/node_modules/**", "**/dist/**"],
		testTimeout: 60_000,
		hookTimeout: 60_000,
	},
});
