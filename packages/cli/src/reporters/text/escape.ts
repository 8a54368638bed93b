/** Makes text from the user's files harmless on a terminal. */

// Control characters, and the marks that reverse or hide text. A terminal obeys them; a reader should see them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNSAFE = /[\u0000-\u001F\u007F-\u009F\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** The text with every control character in written form: `\n`, `\u001b`. */
export function escapeControls(text: string): string {
	return text.replace(
		UNSAFE,
		(char) => SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}

/** The same for every string in a JSON value, its keys too. */
export function escapeDeep<T>(value: T): T;
export function escapeDeep(value: unknown): unknown {
	if (typeof value === "string") return escapeControls(value);
	if (Array.isArray(value)) return value.map((item) => escapeDeep(item));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, item]) => [escapeControls(key), escapeDeep(item)]),
	);
}
