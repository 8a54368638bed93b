/** On which line the members of a JSON text stand: what `JSON.parse` does not tell. */

interface Node {
	readonly line: number;
	readonly members: Map<string, Node>;
}

interface Level {
	/** `undefined`: too deep, its members are not kept. */
	readonly node: Node | undefined;
	readonly isObject: boolean;
	key: string | undefined;
	keyLine: number;
	/** Members begun so far: the index of the present one in an array. */
	index: number;
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],\n]/gs;
/** Nothing that is read lies deeper. */
const MOST_DEPTH = 7;

/** The lines of a JSON text's members, counted from 1, by keys and indices. */
export class JsonLines {
	readonly #root: Node = { line: 1, members: new Map() };

	/** @param text valid JSON */
	constructor(text: string) {
		const stack: Level[] = [];
		let line = 1;
		for (const [token] of text.matchAll(TOKEN)) {
			const level = stack.at(-1);
			if (token === "\n") line++;
			else if (token === "{" || token === "[") stack.push(this.#open(level, stack.length, token, line));
			else if (token === "}" || token === "]") stack.pop();
			else if (level && token === ",") {
				level.index++;
				level.key = undefined;
			} else if (level?.isObject && level.key === undefined) {
				level.key = String(JSON.parse(token));
				level.keyLine = line;
				level.node?.members.set(level.key, { line, members: new Map() });
			}
		}
	}

	/** The line of the member at `path`, or of the innermost of its holders that is there. */
	of(path: readonly (string | number)[]): number {
		let node = this.#root;
		for (const key of path) {
			const next = node.members.get(String(key));
			if (!next) break;
			node = next;
		}
		return node.line;
	}

	#open(level: Level | undefined, depth: number, token: string, line: number): Level {
		const node = level ? this.#member(level, depth, line) : this.#root;
		return { node, isObject: token === "{", key: undefined, keyLine: line, index: 0 };
	}

	#member(level: Level, depth: number, line: number): Node | undefined {
		if (!level.node || depth > MOST_DEPTH) return undefined;
		const key = level.isObject ? level.key : String(level.index);
		if (key === undefined) return undefined;
		const node = { line: level.isObject ? level.keyLine : line, members: new Map<string, Node>() };
		level.node.members.set(key, node);
		return node;
	}
}

/** The line at which `JSON.parse` gave up, by its message; the last line where the text just ends. */
export function errorLine(text: string, error: unknown): number {
	const message = error instanceof Error ? error.message : "";
	const position = /at position (\d+)/.exec(message)?.[1];
	const whole = text.trimEnd();
	return whole.slice(0, position === undefined ? whole.length : Number(position)).split("\n").length;
}
