/** How names resemble one another. */

const SNAKE = /^[a-z0-9_]*$/;

/** A name without its convention: `createdAt`, `created_at` and `CreatedAt` give `created_at`. */
export function snakeCase(name: string): string {
	if (SNAKE.test(name)) return name;
	return name
		.replace(/([a-z0-9])([A-Z])/g, "$1_$2")
		.replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
		.replace(/[\s-]+/g, "_")
		.toLowerCase();
}

/** The name of a table without convention and number: `UserRoles`, `user_role` give `user_role`. */
export function tableStem(name: string): string {
	return singular(snakeCase(name));
}

function singular(word: string): string {
	if (/(ss|us|is)$/.test(word)) return word;
	if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
	if (/(ch|sh|x|ss|z)es$/.test(word)) return word.slice(0, -2);
	return word.endsWith("s") && word.length > 3 ? word.slice(0, -1) : word;
}
