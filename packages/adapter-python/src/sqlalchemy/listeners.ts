/** DDL that runs when a table or the metadata is created: `event.listen(table, "after_create", DDL(…))`. */
import { blockText } from "../evaluate/blocks.js";
import { asString, iterate, type Value } from "../evaluate/values.js";
import type { GapModel } from "./model.js";
import { callOf } from "./symbols.js";

const CREATION = /^(before|after)_create$/;
const KINDS: readonly (readonly [RegExp, readonly GapModel["kinds"][number][]])[] = [
	[/\bcreate\s+(unique\s+)?index\b/i, ["index", "unique"]],
	[
		/\badd\s+constraint\b|\badd\s+(check|unique|foreign|exclude)\b/i,
		["check", "unique", "foreignKey", "exclusion"],
	],
	[/\badd\s+primary\b/i, ["primaryKey"]],
	[/\b(add|drop|alter)\s+column\b/i, ["column"]],
];
/** Models state nothing of these: that they are made here changes nothing. */
const BESIDES =
	/\b(create|alter|drop|comment)\s+(or\s+replace\s+)?(on|function|trigger|constraint\s+trigger|view|materialized|extension|policy|schema|sequence|type|domain|role|publication|rule|procedure|aggregate|operator|collation)\b|\b(grant|revoke|enable|force)\b/i;

/** What a listener may add to its target; `undefined`: nothing that models state, or not on Postgres. */
export interface Listener {
	readonly target: Value;
	readonly kinds: GapModel["kinds"];
	readonly why: string;
}

/** Reads a call of `event.listen`, or a function under `@event.listens_for`. */
export function readListener(value: Value): Listener | undefined {
	if (value.is === "function") {
		for (const decorator of value.decorators) {
			const call = callOf(decorator, "sa.listens_for");
			const { definition, scope } = value;
			if (!call || !definition) continue;
			const text = blockText((line) => scope.module.line(line), definition.line);
			return listener(call.args[0], call.args[1], text);
		}
		return undefined;
	}
	const call = callOf(value, "sa.listen");
	if (!call) return undefined;
	const [target, name, run] = call.args;
	return listener(target, name, run ? ddlText(run) : undefined);
}

function listener(
	target: Value | undefined,
	name: Value | undefined,
	text: string | undefined | null,
): Listener | undefined {
	if (!target || text === null || !CREATION.test(asString(name) ?? "")) return undefined;
	const found = KINDS.filter(([pattern]) => text !== undefined && pattern.test(text)).flatMap(
		([, kinds]) => kinds,
	);
	const why = `what runs at ${asString(name)} is not read`;
	if (found.length > 0) return { target, kinds: [...new Set(found)], why };
	if (text !== undefined && BESIDES.test(text)) return undefined;
	return { target, kinds: ["column", "index", "unique", "check", "foreignKey", "exclusion"], why };
}

/** The DDL; `null`: it is for another database; `undefined`: it cannot be evaluated. */
function ddlText(run: Value): string | undefined | null {
	const ddl = callOf(run, "sa.DDL");
	if (ddl) return asString(ddl.args[0] ?? ddl.keywords.get("statement"));
	if (run.is === "call" && run.callee.is === "attribute" && run.callee.name === "execute_if") {
		const dialect = run.keywords.get("dialect");
		const names = dialect ? (asString(dialect) ?? iterate(dialect)?.map(asString)) : undefined;
		const others = names !== undefined && !names.includes("postgresql");
		return others ? null : ddlText(run.callee.object);
	}
	if (run.is === "function" && run.definition) {
		const { scope, definition } = run;
		return blockText((line) => scope.module.line(line), definition.line);
	}
	return undefined;
}
