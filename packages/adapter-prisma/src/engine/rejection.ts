/** Reads what the engine says when it rejects a schema. */

/** One of the engine's complaints. */
export interface Complaint {
	/** Prisma's own words, on one line. */
	readonly message: string;
	readonly file?: string;
	/** As the engine counts lines. */
	readonly line?: number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const COLOURS = /\u001B\[[0-9;]*m/g;
const COMPLAINT = /^error: ([\s\S]*?)\n\s*-->\s+(.*):(\d+)$/gm;

/** The complaints in the engine's message, in its order; at least one. */
export function readComplaints(message: string): Complaint[] {
	const plain = message.replaceAll(COLOURS, "");
	const complaints = [...plain.matchAll(COMPLAINT)].map(([, text = "", file = "", line = "1"]) => ({
		message: oneLine(text),
		file,
		line: Number(line),
	}));
	if (complaints.length > 0) return complaints;
	return [{ message: oneLine(plain.split(/\n\s+0: /)[0] ?? plain) }];
}

function oneLine(text: string): string {
	return text
		.replace(/^error: /, "")
		.replace(/^Error validating: /, "")
		.replaceAll(/\s+/g, " ")
		.trim();
}
