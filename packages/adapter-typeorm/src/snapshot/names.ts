const MAX_BYTES = 63;

/** An identifier as Postgres keeps it: cut to 63 bytes without splitting a character. */
export function clip(name: string): string {
	if (name.length * 3 <= MAX_BYTES) return name;
	let size = 0;
	let end = 0;
	for (const symbol of name) {
		size += Buffer.byteLength(symbol);
		if (size > MAX_BYTES) break;
		end += symbol.length;
	}
	return name.slice(0, end);
}
