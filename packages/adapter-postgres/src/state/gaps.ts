/** What a live database does not tell, or tells without meaning it: gaps. */
import { formatAddress, type Kind } from "@schemalign/core";
import type { Fetched } from "../catalog/fetch.js";
import { CLASS } from "../catalog/namespaces.js";
import type { Statement } from "./statement.js";

const TYPE_KINDS: Readonly<Record<string, Kind>> = { e: "enum", d: "domain", c: "composite", r: "range" };

export function stateGaps(statement: Statement, { server, denied, withheld, unread }: Fetched): void {
	const { builder, at } = statement;
	if (server.encoding === "SQL_ASCII" && hasBrokenNames(statement)) {
		const why =
			"names hold bytes that are no UTF-8, and the database's encoding (SQL_ASCII) does not say what they mean";
		builder.gap({ under: "*", kinds: [], why, at });
	}
	for (const { reads, kinds, why } of denied) {
		builder.gap({
			under: "*",
			kinds: [...kinds],
			why: `this role may not read ${reads} in the catalog: ${why}`,
			at,
		});
	}
	for (const { table, why } of unread) {
		// Nothing that is compared is lost: only which migrations have run is not known.
		builder.gap({
			under: `table:${table}`,
			kinds: ["schema"],
			why: `which migrations have run is not known: ${why}`,
			at,
		});
	}
	for (const oid of withheld) {
		const row = statement.catalog.relations.get(oid);
		if (!row) continue;
		const kind = row.kind === "v" || row.kind === "m" ? "view" : "table";
		const why = "another session holds it exclusively (DDL is running): it was not waited for";
		builder.gap({ under: formatAddress(kind, row.schema, row.name), kinds: [], why, at });
		if (kind === "view")
			builder.gap({ under: formatAddress("table", row.schema, row.name), kinds: [], why, at });
	}
	setExtensionsApart(statement);
}

/** What extensions make is not the project's: where another source states it, the database does not contradict. */
function setExtensionsApart({ builder, at, catalog }: Statement): void {
	for (const row of catalog.rows.relations) {
		const extension = catalog.extensionOf(CLASS.relation, row.oid);
		if (extension === undefined) continue;
		const why = `it belongs to the extension ${extension}`;
		const kind = row.kind === "v" || row.kind === "m" ? "view" : "table";
		builder.gap({ under: formatAddress(kind, row.schema, row.name), kinds: [], why, at });
		if (kind === "view")
			builder.gap({ under: formatAddress("table", row.schema, row.name), kinds: [], why, at });
	}
	for (const row of catalog.rows.types) {
		const extension = catalog.extensionOf(CLASS.type, row.oid);
		const kind = TYPE_KINDS[row.type];
		if (extension === undefined || kind === undefined) continue;
		builder.gap({
			under: formatAddress(kind, row.schema, row.name),
			kinds: [kind],
			why: `it belongs to the extension ${extension}`,
			at,
		});
	}
}

function hasBrokenNames({ catalog }: Statement): boolean {
	const { relations, columns } = catalog.rows;
	return [...relations, ...columns].some(({ name }) => name.includes("\uFFFD"));
}
