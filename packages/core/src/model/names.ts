/** Names as Postgres keeps them. */

/** So many bytes of an identifier does Postgres keep: `NAMEDATALEN` less one. */
export const NAME_BYTES = 63;

/** An identifier as Postgres keeps it: cut to 63 bytes, never within a character (`truncate_identifier`). */
export function cutName(name: string): string {
	return cutToBytes(name, NAME_BYTES);
}

/** The first characters of `name` that fit into `bytes` bytes. */
export function cutToBytes(name: string, bytes: number): string {
	// No character of UTF-16 takes more than three bytes.
	if (name.length * 3 <= bytes) return name;
	let size = 0;
	let end = 0;
	for (const symbol of name) {
		size += Buffer.byteLength(symbol);
		if (size > bytes) break;
		end += symbol.length;
	}
	return name.slice(0, end);
}
