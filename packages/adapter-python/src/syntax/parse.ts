/** Python source to {@link ParsedModule}. What is not Python is reported, and the rest is still read. */
import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@lezer/python";
import type { ParsedModule, SyntaxProblem } from "./ast.js";
import { starOf } from "./displays.js";
import { maskDeepNesting, maskLine } from "./mask.js";
import { readBlock } from "./statements.js";
import { Text } from "./text.js";

/** More broken lines than this are not repaired one by one. */
const REPAIR_LIMIT = 20;

/** Parses one module. Never throws: hostile nesting gives an `unreadable` module. */
export function parseModule(source: string): ParsedModule {
	// A form feed is white space to Python, but not to the grammar.
	const clean = maskDeepNesting(source.replaceAll("\f", " "));
	try {
		const { text, tree, errors } = parseRepaired(clean, source);
		return { body: readBlock(tree.topNode, text), errors };
	} catch (error) {
		// The grammar's tree is built recursively: a file nested ten thousand levels deep exhausts the stack.
		if (error instanceof RangeError)
			return { body: [], errors: [], unreadable: "nested too deeply to be read" };
		throw error;
	}
}

interface Attempt {
	readonly text: Text;
	readonly tree: Tree;
	readonly problems: readonly SyntaxProblem[];
}

/**
 * Parses, and takes out lines that are no Python (a Prisma attribute pasted into a class) as long as that mends the
 * tree: the parser's own recovery would otherwise swallow the classes that follow.
 */
function parseRepaired(source: string, original: string): Attempt & { errors: SyntaxProblem[] } {
	const originalText = new Text(original);
	const repaired: SyntaxProblem[] = [];
	let attempt = parseOnce(source);
	for (let round = 0; round < REPAIR_LIMIT; round++) {
		const [first] = attempt.problems;
		if (!first) break;
		const masked = maskLine(attempt.text, first.line);
		const next = masked === undefined ? undefined : parseOnce(masked);
		if (!next || next.problems.length >= attempt.problems.length) break;
		repaired.push({ line: first.line, text: originalText.lineText(first.line) });
		attempt = next;
	}
	const rest = attempt.problems.map(({ line }) => ({ line, text: originalText.lineText(line) }));
	return { ...attempt, errors: [...repaired, ...rest].sort((a, b) => a.line - b.line) };
}

/** Throws at the first error, which tells whole files from broken ones without a walk over the tree. */
const strict = parser.configure({ strict: true });

function parseOnce(source: string): Attempt {
	const text = new Text(source);
	try {
		return { text, tree: strict.parse(source), problems: [] };
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
	}
	const tree = parser.parse(source);
	return { text, tree, problems: problemsOf(tree, text) };
}

function problemsOf(tree: Tree, text: Text): SyntaxProblem[] {
	const lines = new Map<number, SyntaxProblem>();
	tree.iterate({
		enter: (ref) => {
			// Function bodies are not ours to judge, and the grammar has blind spots there (a bare `yield`).
			if (ref.name === "FunctionDefinition" || ref.name === "LambdaExpression") return false;
			if (!ref.type.isError || isBlindSpot(ref.node, text)) return true;
			const line = text.line(problemOffset(ref.node, text));
			if (!lines.has(line)) lines.set(line, { line, text: text.lineText(line) });
			return true;
		},
	});
	return [...lines.values()];
}

/** An empty error node stands after what is missing: the problem is on the line where something was read last. */
function problemOffset(node: SyntaxNode, text: Text): number {
	if (node.to > node.from) return node.from;
	const before = text.slice(0, node.from);
	return Math.max(before.trimEnd().length - 1, 0);
}

/** Valid Python that the grammar does not know. */
function isBlindSpot(node: SyntaxNode, text: Text): boolean {
	if (starOf(node)) return true;
	for (let up: SyntaxNode | null = node.parent; up; up = up.parent) {
		if (/^(Yield|With|Match)/.test(up.name) || up.name === "LiteralPattern") return true;
		if (up.name === "MemberExpression" && up.firstChild?.name === "Number") return true;
	}
	const line = text.lineText(text.line(problemOffset(node, text)));
	// Template strings (3.14), `print x` of Python 2 and shell lines of notebooks are another matter than a broken model.
	return /\bt["']/.test(line) || /^(print|exec)\s/.test(line) || /^[%!]/.test(line);
}
