/** Parts of a migration file that do not run when it is applied: they are blanked, so that lines stay. */

const DOWN =
	/^[ \t]*--[ \t]*(?:\+goose[ \t]+down|\+migrate[ \t]+down|migrate:down|@?down(?:[ \t]+migration)?|\/\/@undo|={2,}[ \t]*down[ \t]*={2,})\b.*$/im;
const UP = /^[ \t]*--[ \t]*(?:\+goose[ \t]+up|\+migrate[ \t]+up|migrate:up|@?up(?:[ \t]+migration)?)\b.*$/im;

/** The text that runs on the way up; what takes it back is blank. */
export function upSection(text: string): string {
	const down = DOWN.exec(text);
	if (!down) return text;
	const up = UP.exec(text);
	if (up && up.index > down.index) return blank(text.slice(0, up.index)) + text.slice(up.index);
	return text.slice(0, down.index) + blank(text.slice(down.index));
}

function blank(text: string): string {
	return text.replace(/[^\n]/g, " ");
}
