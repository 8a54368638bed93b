/** Who has a hand in which table, as Markdown: for a wiki, a pull request, a file in the repository. */
import type { OwnedTable, Ownership } from "@schemalign/core";
import { redactDeep } from "../redact.js";
import { code, table, text } from "./markdown/format.js";
import { serviceName, servicesText, shortTable } from "./owners-text.js";
import { escapeControls, escapeDeep } from "./text/escape.js";

/** The document. */
export function ownersMarkdown(unsafe: Ownership, title: string): string {
	const ownership = escapeDeep(redactDeep(unsafe));
	const lines = [
		`# Who owns the tables of ${text(escapeControls(title))}`,
		"",
		...table(
			["service", "language", "sources"],
			ownership.services.map(({ path, languages, sources }) => [
				code(serviceName(path)),
				text(languages.join(", ")),
				sources.map(code).join(", "),
			]),
		),
	];
	for (const { name, tables } of ownership.databases) {
		const concerns = ownership.concerns.filter(({ database }) => database === name);
		lines.push("", `## Database ${text(name)}`, "", ...tablesOf(tables));
		if (concerns.length > 0)
			lines.push("", "### To look at", "", ...concerns.map(({ message }) => `- ${text(message)}.`));
	}
	return `${lines.join("\n")}\n`;
}

function tablesOf(tables: readonly OwnedTable[]): string[] {
	const withOwners = tables.some(({ owners }) => owners.length > 0);
	return table(
		["table", ...(withOwners ? ["owner"] : []), "created by", "mapped by"],
		tables.map(({ table: name, owners, definedBy, mappedBy }) => [
			code(shortTable(name)),
			...(withOwners ? [text(owners.join(", "))] : []),
			text(servicesText(definedBy)) || "–",
			text(servicesText(mappedBy)) || "–",
		]),
	);
}
