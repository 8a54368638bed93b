/** The text of functions and loops, to see whether they can make tables before anything in them is evaluated. */

/** Functions with one of these in them may make a table or a mapped class whenever they are called. */
const MAKES = /(^|\n)[ \t]+class\s+\w|\bTable\s*\(|\btype\s*\([^\n]+,/;
const LINE_LIMIT = 400;

/** The lines of the block that begins at a 1-based line: all that follow it with a deeper indentation. */
export function blockText(line: (number: number) => string, start: number): string {
	const lines = [line(start)];
	const depth = indentation(line(start));
	for (let number = start + 1; number < start + LINE_LIMIT; number++) {
		const text = line(number);
		if (text === "" && line(number + 1) === "" && line(number + 2) === "" && line(number + 3) === "") break;
		// A closing bracket of a header over several lines stands at the block's own depth.
		if (text.trim() !== "" && indentation(text) <= depth && !/^\s*[)\]}]/.test(text)) break;
		lines.push(text);
	}
	return lines.join("\n");
}

function indentation(text: string): number {
	return text.length - text.trimStart().length;
}

/** Whether running the block may make a table. */
export function makesTables(line: (number: number) => string, start: number): boolean {
	return MAKES.test(blockText(line, start));
}

/** The functions and methods of a file that may make tables. */
export function factoryNames(text: string): string[] {
	if (!MAKES.test(text)) return [];
	const lines = text.split("\n");
	const line = (number: number) => lines[number - 1] ?? "";
	return lines.flatMap((each, at) => {
		const [, name] = /^\s*(?:async\s+)?def\s+(\w+)/.exec(each) ?? [];
		// Dunder methods are not called by name.
		if (name === undefined || name.startsWith("__") || !makesTables(line, at + 1)) return [];
		return [name];
	});
}
