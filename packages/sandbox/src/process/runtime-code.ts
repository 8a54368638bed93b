/** The code of a sandbox's runtime: an adapter's program with its engine in it, as one script. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type BundleOptions, bundleRuntime } from "./bundle.js";

/**
 * Gives what loads an adapter's program, once.
 * @param base the URL of the adapter's module: beside it lies `runtime.js`, made when the package is built, or, where it
 *   runs from its sources, `runtime/index.ts`, which is bundled on the spot
 */
export function runtimeCode(base: string, options: BundleOptions = {}): () => Promise<string> {
	let code: Promise<string> | undefined;
	return () => {
		code ??= load(base, options);
		return code;
	};
}

async function load(base: string, options: BundleOptions): Promise<string> {
	const built = fileURLToPath(new URL("./runtime.js", base));
	if (existsSync(built)) return readFile(built, "utf8");
	return bundleRuntime(fileURLToPath(new URL("./runtime/index.ts", base)), options);
}
