/** A stable 64-bit hash of texts as 16 hexadecimal digits (FNV-1a, offset basis and prime of its 64-bit form). */
export function fingerprint(texts: readonly string[]): string {
	let hash = 0xcbf29ce484222325n;
	for (const code of new TextEncoder().encode(texts.join("\u0000"))) {
		hash = BigInt.asUintN(64, (hash ^ BigInt(code)) * 0x100000001b3n);
	}
	return hash.toString(16).padStart(16, "0");
}
