/** Names within Postgres's limit. */

const MAX_BYTES = 63;

/** An identifier as Postgres keeps it: cut to 63 bytes, less what follows it, without splitting a character. */
export function clip(name: string, tail = 0): string {
	const most = MAX_BYTES - tail;
	if (name.length * 3 <= most) return name;
	let size = 0;
	let end = 0;
	for (const symbol of name) {
		size += Buffer.byteLength(symbol);
		if (size > most) break;
		end += symbol.length;
	}
	return name.slice(0, end);
}
