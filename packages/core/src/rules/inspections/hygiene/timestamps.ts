/** `timestamp-without-zone`: which moment a value means depends on the zone of whoever has written it. */
import { statedValue } from "../../../matching/facts.js";
import { typeValueSchema } from "../../../model/snapshot.js";
import { count } from "../../../report/describe.js";
import { shortType } from "../../../types/format.js";
import type { DatabaseContext } from "../../context.js";
import { memberNames } from "../../fold-names.js";
import type { Located } from "../../located.js";
import { columnLabel, judgedView, ownDefect, ownTables } from "./subject.js";

export function inspectTimestamps(database: DatabaseContext): Located[] {
	const view = judgedView(database);
	if (!view) return [];
	const stamps = ownTables(view).flatMap(([table]) =>
		[...(view.columns.get(table) ?? [])].flatMap(([column, entity]) => {
			const type = typeValueSchema.safeParse(statedValue(entity, "type"));
			return type.success && /^timestamp /.test(type.data.name)
				? [{ table, column, at: entity.at, type: type.data }]
				: [];
		}),
	);
	const bare = stamps.filter(({ type }) => type.name === "timestamp without time zone");
	const others = stamps.length - bare.length;
	return bare.map(({ table, column, at, type }) => {
		const name = columnLabel(table, column);
		const rest = others === 0 ? "" : `; the other ${others === 1 ? "one has" : `${others} have`} one`;
		return {
			code: "timestamp-without-zone",
			severity: "info",
			message: `${name} is a timestamp without time zone`,
			why: "The value is the clock of whoever wrote it: programs and sessions in different zones write and read different moments.",
			help: `Use timestamptz: ALTER COLUMN … TYPE timestamptz USING … AT TIME ZONE 'UTC', if what is there is UTC. Where every program writes UTC, as Prisma does, nothing needs to be done.`,
			...ownDefect(database, view, table, [shortType(type), at]),
			kind: "column",
			column,
			aspect: "type",
			subject: `column:${table}.${column} zone`,
			fold: {
				key: view.id,
				name,
				words: (members) => ({
					message: `${members.length} of ${count(stamps.length, "timestamp")} have no time zone (${memberNames(members, 3)})${rest}`,
				}),
			},
		};
	});
}
