import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** Every module that is loaded with `url`, dynamic imports aside. */
function loadedWith(url: URL, seen = new Set<string>()): Set<string> {
	if (seen.has(url.href)) return seen;
	seen.add(url.href);
	const text = readFileSync(url, "utf8");
	for (const [, specifier = ""] of text.matchAll(/^(?:import|export)(?! type)[^;]*?from "([^"]+)"/gm)) {
		const own = new URL(specifier.replace(/\.js$/, ".ts"), url);
		if (specifier.startsWith(".") && existsSync(own)) loadedWith(own, seen);
		else seen.add(specifier);
	}
	return seen;
}

it("starts with nothing but commander: engines, zod and our packages are loaded by the command that needs them", () => {
	const loaded = loadedWith(new URL("../src/main.ts", import.meta.url));
	const packages = [...loaded].filter((one) => !one.startsWith("file:") && !one.startsWith("node:"));
	expect(packages).toEqual(["commander"]);
});
