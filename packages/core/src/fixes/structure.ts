/** Keys, constraints and indexes as statements write them. */
import { isTexts, referenceIn, statedValue } from "../matching/facts.js";
import { parseAddress } from "../model/address.js";
import { type Entity, expressionValueSchema, indexElementSchema, type Json } from "../model/snapshot.js";
import { sqlName, sqlTable } from "./identifiers.js";

/** The columns that it stands on; `undefined` where it stands on expressions too. */
export function columnsOf(entity: Entity): readonly string[] | undefined {
	const elements = statedValue(
		entity,
		entity.kind === "unique" || entity.kind === "index" ? "elements" : "columns",
	);
	if (entity.kind !== "index") {
		return isTexts(elements) && !elements.some((one) => one.startsWith("(")) ? elements : undefined;
	}
	const parsed = indexElementSchema.array().safeParse(elements);
	if (!parsed.success || parsed.data.some(({ isExpression }) => isExpression)) return undefined;
	return parsed.data.map(({ canonical }) => canonical);
}

/** What `CREATE TABLE` and `ADD` write for a constraint; `undefined` where that is not known or no constraint. */
export function constraintText(entity: Entity): string | undefined {
	const body = bodyOf(entity);
	const name = entity.facts.name;
	const own = name && "value" in name && name.implied === undefined ? name.value : undefined;
	return body && typeof own === "string" ? `CONSTRAINT ${sqlName(own)} ${body}` : body;
}

function bodyOf(entity: Entity): string | undefined {
	const columns = columnsOf(entity);
	const list = columns && `(${columns.map(sqlName).join(", ")})`;
	switch (entity.kind) {
		case "primaryKey":
			return list && `PRIMARY KEY ${list}`;
		case "unique":
			return list && isPlain(entity, ["predicate", "nullsNotDistinct", "include"])
				? `UNIQUE ${list}${deferral(entity)}`
				: undefined;
		case "foreignKey":
			return list && foreignKeyBody(entity, list);
		case "check": {
			const condition = expressionValueSchema.safeParse(statedValue(entity, "expression"));
			return condition.success && isPlain(entity, ["noInherit"])
				? `CHECK (${condition.data.sql})`
				: undefined;
		}
		default:
			return undefined;
	}
}

function foreignKeyBody(entity: Entity, list: string): string | undefined {
	const reference = referenceIn(statedValue(entity, "references"));
	const match = statedValue(entity, "match") ?? "simple";
	if (!reference || match !== "simple") return undefined;
	const { schema, table, columns } = reference;
	const target = columns.length > 0 ? ` (${columns.map(sqlName).join(", ")})` : "";
	const action = (aspect: string, clause: string): string => {
		const value = statedValue(entity, aspect);
		return typeof value === "string" && value !== "no action" ? ` ${clause} ${value.toUpperCase()}` : "";
	};
	return `FOREIGN KEY ${list} REFERENCES ${sqlTable(schema, table)}${target}${action("onDelete", "ON DELETE")}${action("onUpdate", "ON UPDATE")}${deferral(entity)}`;
}

function deferral(entity: Entity): string {
	const value = statedValue(entity, "deferrable");
	if (value === "deferrable") return " DEFERRABLE";
	return value === "initially deferred" ? " DEFERRABLE INITIALLY DEFERRED" : "";
}

/** Whether none of the aspects says anything unusual. */
function isPlain(entity: Entity, aspects: readonly string[]): boolean {
	const usual = (value: Json | undefined): boolean =>
		value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);
	return aspects.every((aspect) => usual(statedValue(entity, aspect)));
}

/** `CREATE INDEX …` on columns; `undefined` where it is on expressions, whose text is not kept. */
export function indexText(entity: Entity): string | undefined {
	const { parts } = parseAddress(entity.address);
	const elements = indexElementSchema.array().safeParse(statedValue(entity, "elements"));
	const method = statedValue(entity, "method") ?? "btree";
	const where = expressionValueSchema.nullish().safeParse(statedValue(entity, "predicate"));
	const include = statedValue(entity, "include") ?? [];
	if (!elements.success || !where.success || typeof method !== "string" || !isTexts(include))
		return undefined;
	if (elements.data.some(({ isExpression }) => isExpression)) return undefined;
	const written = elements.data.map(({ canonical, opclass, order, nulls }) => {
		const usual = order === "desc" ? "first" : "last";
		return [
			sqlName(canonical),
			...(opclass === undefined ? [] : [opclass]),
			...(order === "desc" ? ["DESC"] : []),
			...(nulls === usual || nulls === undefined ? [] : [`NULLS ${nulls.toUpperCase()}`]),
		].join(" ");
	});
	const name = statedValue(entity, "name");
	return [
		"CREATE INDEX",
		...(typeof name === "string" ? [sqlName(name)] : []),
		`ON ${sqlTable(parts[0] ?? "", parts[1] ?? "")}`,
		...(method === "btree" ? [] : [`USING ${method}`]),
		`(${written.join(", ")})`,
		...(include.length > 0 ? [`INCLUDE (${include.map(sqlName).join(", ")})`] : []),
		...(where.data ? [`WHERE ${where.data.sql}`] : []),
	].join(" ");
}
