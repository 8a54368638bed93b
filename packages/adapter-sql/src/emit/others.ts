/** Types and routines as entities. */
import { formatType, type SnapshotBuilder, stated } from "@schemalign/core";
import type { Routine, UserType } from "../catalog/objects.js";
import { currentType } from "../interpret/types.js";
import { commentFact, fact } from "./facts.js";
import { renderExpression } from "./renderer.js";

export function emitType(builder: SnapshotBuilder, type: UserType): void {
	const parts = [type.schema, type.name];
	const comment = commentFact(type.comment);
	switch (type.kind) {
		case "enum":
			builder.entity("enum", parts, type.at, { labels: fact(type.labels), ...comment });
			return;
		case "domain": {
			const base = currentType(type.type);
			const value = type.default.value ? renderExpression(type.default.value, { type: base }) : undefined;
			const context = { columnTypes: { value: base } };
			builder.entity("domain", parts, type.at, {
				type: stated(base),
				nullable: stated(!type.notNull.value, type.notNull.at),
				default: stated(value ? { is: "expression", ...value } : null, type.default.at),
				checks: stated(type.checks.map((check) => renderExpression(check.node, context).canonical)),
				...comment,
			});
			return;
		}
		case "composite":
			builder.entity("composite", parts, type.at, {
				attributes: stated(
					type.attributes.map((attribute) => `${attribute.name} ${formatType(currentType(attribute.type))}`),
				),
				...comment,
			});
			return;
		case "range":
			builder.entity("range", parts, type.at, { subtype: stated(currentType(type.subtype)), ...comment });
			return;
		default:
	}
}

/** A routine is known by its name and the types of its input arguments: `touch()`, `add(integer, integer)`. */
export function emitRoutine(builder: SnapshotBuilder, routine: Routine): void {
	builder.entity("function", [routine.schema, `${routine.name}(${routine.args.join(", ")})`], routine.at, {
		returns: fact(routine.returns),
		language: fact(routine.language),
		body: fact(routine.body) ?? stated(null),
		volatility: fact(routine.volatility),
		security: fact(routine.security),
		...commentFact(routine.comment),
	});
}
