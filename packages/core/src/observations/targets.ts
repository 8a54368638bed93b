/** What the values of a database's column are tried for: the types that the other sources give it. */
import type { Delta } from "../compare/compare.js";
import { isTexts, statedValue } from "../matching/facts.js";
import { formatAddress } from "../model/address.js";
import { type Json, type TypeValue, typeValueSchema } from "../model/snapshot.js";
import type { DatabaseContext } from "../rules/context.js";
import { FITTING, type Target } from "./schema.js";

/** Types as people write them. */
export const TARGET_NAMES: Readonly<Record<(typeof FITTING)[number], string>> = {
	uuid: "uuid",
	smallint: "smallint",
	integer: "integer",
	bigint: "bigint",
	numeric: "numeric",
	boolean: "boolean",
	date: "date",
	"timestamp without time zone": "timestamp",
	"timestamp with time zone": "timestamptz",
	json: "json",
	jsonb: "jsonb",
};

const TEXTS: readonly string[] = ["text", "character varying", "character"];
const INTEGERS: readonly string[] = ["smallint", "integer", "bigint"];

/** The targets, each once, in the order of the claims. */
export function targetsOf(delta: Delta, source: string, database: DatabaseContext): Target[] {
	const own = typeIn(delta.claims.find((claim) => claim.source === source));
	if (!own || own.dimensions > 0) return [];
	const found = new Map<string, Target>();
	for (const claim of delta.claims) {
		const other = claim.source === source ? undefined : typeIn(claim);
		const target = other && other.dimensions === 0 ? targetOf(own, other, database) : undefined;
		if (target) found.set(JSON.stringify(target), target);
	}
	return [...found.values()];
}

function typeIn(claim: Delta["claims"][number] | undefined): TypeValue | undefined {
	return claim?.state === "value" ? typeValueSchema.safeParse(claim.value).data : undefined;
}

function targetOf(own: TypeValue, other: TypeValue, database: DatabaseContext): Target | undefined {
	const plain = rangeOrText(own, other);
	if (plain || !isText(own) || isText(other)) return plain;
	const labels = labelsOf(other, database);
	return labels && labels.length > 0 ? { is: "labels", labels: [...labels] } : undefined;
}

/** What values of `own` are tried for where `other` is a built-in type that holds fewer of them. */
export function rangeOrText(own: TypeValue, other: TypeValue): Target | undefined {
	if (own.dimensions + other.dimensions > 0) return undefined;
	const [ours, theirs] = [INTEGERS.indexOf(own.name), INTEGERS.indexOf(other.name)];
	const type = other.schema === undefined ? fitting(other.name) : undefined;
	if (type && ours > theirs && theirs >= 0) return { is: "type", type };
	if (!isText(own)) return undefined;
	return isText(other) ? lengthOf(own, other) : type && { is: "type", type };
}

function isText({ name, schema }: TypeValue): boolean {
	return schema === undefined && TEXTS.includes(name);
}

function fitting(name: string): (typeof FITTING)[number] | undefined {
	return FITTING.find((one) => one === name);
}

/** A shorter text, without padding of its own. */
function lengthOf(own: TypeValue, other: TypeValue): Target | undefined {
	const [most] = other.args ?? [];
	const [length = Number.POSITIVE_INFINITY] = own.args ?? [];
	if (own.name === "character" || other.name !== "character varying" || typeof most !== "number")
		return undefined;
	return most < Number(length) ? { is: "length", most } : undefined;
}

/** The labels of the enum that some source declares. */
function labelsOf(type: TypeValue, { views }: DatabaseContext): readonly string[] | undefined {
	const address = formatAddress("enum", type.schema ?? "public", type.name);
	for (const view of views) {
		for (const entity of view.byAddress.get(address) ?? []) {
			const labels: Json | undefined = statedValue(entity, "labels");
			if (isTexts(labels)) return labels;
		}
	}
	return undefined;
}
