/** Import statements, read as words. */
import type { SyntaxNode } from "@lezer/common";
import type { ImportedName, Statement } from "./ast.js";
import { childrenOf, type Text } from "./text.js";

/** `import a.b as c, d`, or `from .a import b as c`: a statement for each module. */
export function readImport(node: SyntaxNode, text: Text): Statement[] {
	const line = text.line(node.from);
	const words = childrenOf(node)
		.map((part) => text.of(part))
		.filter((word) => word !== "(" && word !== ")");
	if (words[0] === "import") {
		return splitNames(words.slice(1)).map(({ name, as }) => ({
			kind: "import",
			module: name,
			line,
			...(as ? { as } : {}),
		}));
	}
	const stop = words.indexOf("import");
	const path = words.slice(1, stop).join("");
	const level = /^\.*/.exec(path)?.[0].length ?? 0;
	const names = words.slice(stop + 1);
	const imported: ImportedName[] | "*" =
		names[0] === "*" ? "*" : splitNames(names).map(({ name, as }) => ({ name, as: as ?? name }));
	return [{ kind: "from", level, module: path.slice(level), names: imported, line }];
}

function splitNames(words: readonly string[]): { name: string; as?: string }[] {
	const names: { name: string; as?: string }[] = [];
	let current: string[] = [];
	for (const word of [...words, ","]) {
		if (word !== ",") {
			current.push(word);
			continue;
		}
		const as = current.indexOf("as");
		const name = current.slice(0, as === -1 ? undefined : as).join("");
		const alias = as === -1 ? undefined : current[as + 1];
		if (name) names.push({ name, ...(alias ? { as: alias } : {}) });
		current = [];
	}
	return names;
}
