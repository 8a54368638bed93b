/** The name of a class's table: as written, or by the rule of SQLModel or Flask-SQLAlchemy. */
import type { PythonClass } from "../evaluate/classes.js";
import { isDeclaredAttr } from "../evaluate/functions.js";
import { asString, isNone, truth, type Value } from "../evaluate/values.js";
import { attributesOf, readAttribute } from "./attributes.js";
import type { ClassContext, Mapping } from "./mapping.js";
import type { BaseInfo } from "./metadata.js";
import { type Known, known, notKnown } from "./model.js";

/** `__tablename__` as SQLAlchemy finds it: not from a mapped ancestor, unless a `declared_attr` computes it. */
export function tableName(
	context: ClassContext,
	cls: PythonClass,
	base: BaseInfo,
	parent: Mapping | undefined,
): Known<string> | undefined {
	if (base.kind === "sqlmodel") {
		const own = cls.ownAttribute("__tablename__");
		const inherited = parent ? own : cls.attribute("__tablename__")?.value;
		return inherited
			? nameOf(context, cls, inherited)
			: known(cls.name.toLowerCase(), "SQLModel's rule: the lower-case class name");
	}
	for (const owner of cls.ownMro()) {
		const value = owner.ownAttribute("__tablename__");
		if (!value) continue;
		const mapped = owner !== cls && context.mapping(owner) !== undefined;
		const declared = value.is === "function" && isDeclaredAttr(value);
		if (mapped && !declared) {
			if (base.kind === "flask") break;
			continue;
		}
		const name = nameOf(context, cls, value);
		return name;
	}
	return base.kind === "flask" ? flaskName(context, cls, parent) : undefined;
}

function nameOf(context: ClassContext, cls: PythonClass, value: Value): Known<string> | undefined {
	const { evaluator } = context;
	const self: Value = { is: "class", class: cls, at: cls.at };
	const result =
		value.is === "function"
			? evaluator.call(value, { positional: [self], keywords: new Map() }, value.at)
			: value;
	if (isNone(result)) return undefined;
	const name = asString(result);
	if (name !== undefined) return known(name);
	return notKnown(result.is === "unknown" ? result.why : "it cannot be evaluated", result.at);
}

/** Flask-SQLAlchemy names a model's table after its class, unless it has no primary key of its own and a parent. */
function flaskName(
	context: ClassContext,
	cls: PythonClass,
	parent: Mapping | undefined,
): Known<string> | undefined {
	if (parent && !hasOwnKey(context, cls)) return undefined;
	const name = cls.name.replace(/((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))/g, "_$1").toLowerCase();
	return known(name, "Flask-SQLAlchemy's rule: the class name in snake case");
}

function hasOwnKey(context: ClassContext, cls: PythonClass): boolean {
	return attributesOf(cls).some((attribute) => {
		const read = readAttribute(attribute, cls, context.evaluator);
		return (
			read.is === "column" &&
			read.calls.some((call) => {
				const key = call.keywords.get("primary_key");
				return key !== undefined && truth(key) === true;
			})
		);
	});
}
