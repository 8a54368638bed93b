/** The SQL that TypeORM writes, cut into lines that each come from one place in the sources. */
import type { Origin } from "@schemalign/core";
import type { Places } from "./objects.js";

export interface PlacedSql {
	readonly text: string;
	readonly origins: readonly Origin[];
}

/** The parts of a CREATE TABLE stand where the columns and constraints are written, other statements where what they name is. */
export function placeSql(sql: string, places: Places, at: Origin): PlacedSql {
	const parts = /^CREATE TABLE\b/i.test(sql) ? partsOf(sql) : [sql];
	const lines: string[] = [];
	const origins: Origin[] = [];
	for (const [index, part] of parts.entries()) {
		const place = index === 0 && parts.length > 1 ? tablePlace(part, places, at) : placeOf(part, places, at);
		for (const line of part.split("\n")) {
			lines.push(line);
			origins.push(place);
		}
	}
	return { text: lines.join("\n"), origins };
}

/** The head with its parenthesis, then each element with its comma. */
function partsOf(sql: string): string[] {
	const parts: string[] = [];
	let from = 0;
	let depth = 0;
	let quote = "";
	for (let at = 0; at < sql.length; at++) {
		const character = sql[at] ?? "";
		if (quote !== "") {
			if (character === quote) quote = "";
		} else if (character === "'" || character === '"') quote = character;
		else if (character === "(") {
			if (++depth === 1 && parts.length === 0) {
				parts.push(sql.slice(0, at + 1));
				from = at + 1;
			}
		} else if (character === ")") depth--;
		else if (character === "," && depth === 1) {
			parts.push(sql.slice(from, at + 1));
			from = at + 1;
		}
	}
	parts.push(sql.slice(from));
	return parts;
}

function tablePlace(head: string, places: Places, at: Origin): Origin {
	const names = [...head.matchAll(/"((?:[^"]|"")+)"/g)].map(([, name = ""]) => name.replaceAll('""', '"'));
	return places.get(names.join(".")) ?? places.get(names.at(-1) ?? "") ?? at;
}

const HEAD =
	/^\s*(?:ALTER TABLE (?:"[^"]*"\.)?"[^"]*"|CREATE TYPE|DROP INDEX|COMMENT ON COLUMN (?:"[^"]*"\.)*)/i;

function placeOf(part: string, places: Places, at: Origin): Origin {
	const rest = part.replace(HEAD, "").replace(/ ON (?:"[^"]*"\.)?"[^"]*"/, "");
	for (const [, name = ""] of rest.matchAll(/"((?:[^"]|"")+)"/g)) {
		const found = places.get(name.replaceAll('""', '"'));
		if (found) return found;
	}
	return at;
}
