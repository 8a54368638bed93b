/** The code of the sandbox's runtime, with our copy of drizzle-orm in it. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

let code: Promise<string> | undefined;

/** Made when this package is built; bundled on the spot where it runs from its sources. */
export function runtimeCode(): Promise<string> {
	code ??= load();
	return code;
}

async function load(): Promise<string> {
	const built = fileURLToPath(new URL("./runtime.js", import.meta.url));
	if (existsSync(built)) return readFile(built, "utf8");
	const { rolldown } = await import("rolldown");
	const input = fileURLToPath(new URL("../runtime/index.ts", import.meta.url));
	const bundle = await rolldown({
		input,
		platform: "neutral",
		logLevel: "silent",
		resolve: { mainFields: ["module", "main"] },
	});
	try {
		const { output } = await bundle.generate({ format: "iife" });
		return output[0].code;
	} finally {
		await bundle.close();
	}
}
