/** `MetaData` and the declarative bases: which tables belong together, their default schema and naming convention. */
import type { Origin } from "@schemalign/core";
import { type Ancestor, PythonClass } from "../evaluate/classes.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { asString, type CallValue, externalPath, isNone, type Value } from "../evaluate/values.js";
import { type Known, known, type MetadataModel, notKnown } from "./model.js";
import { callOf, isFlaskDatabase, symbolOf } from "./symbols.js";

export type BaseKind = "declarative" | "flask" | "sqlmodel" | "outside";

/** What a declarative class derives from in the end. */
export interface BaseInfo {
	readonly kind: BaseKind;
	readonly metadata: MetadataModel;
	/** `type_annotation_map`s, the nearest first. */
	readonly maps: readonly Value[];
	/** The class that is the base itself: never a table. */
	readonly root?: PythonClass;
}

const DECLARATIVE = new Set(["sa.DeclarativeBase", "sa.DeclarativeBaseNoMeta"]);
const FACTORIES = ["sa.declarative_base", "sa.as_declarative"];

/** The base of a class, if it is a declarative class at all. */
export function baseOf(cls: PythonClass, evaluator: Evaluator): BaseInfo | undefined {
	const mro = cls.mro();
	// Flask's model class may itself derive from DeclarativeBase: the metadata is that of `db`.
	const flask = mro.findIndex((each) => !(each instanceof PythonClass) && symbolOf(each) === "flask.Model");
	const model = mro[flask];
	if (model && !(model instanceof PythonClass)) return externalBase(model, mro.slice(0, flask), evaluator);
	for (const [at, ancestor] of mro.entries()) {
		const found =
			ancestor instanceof PythonClass
				? decoratedBase(ancestor, evaluator)
				: externalBase(ancestor, mro.slice(0, at), evaluator);
		if (found) return found;
	}
	return undefined;
}

/** `@as_declarative()` on the base, `@registry.mapped` on a class. */
function decoratedBase(cls: PythonClass, evaluator: Evaluator): BaseInfo | undefined {
	if (cls.definition.decorators.length === 0) return undefined;
	for (const decorator of cls.evaluateDecorators()) {
		const call = callOf(decorator, "sa.as_declarative");
		if (call) return { kind: "declarative", metadata: fromCall(call, cls.name), maps: [], root: cls };
		const target = decorator.is === "call" ? decorator.callee : decorator;
		if (target.is === "attribute" && /^mapped(_as_dataclass|_dataclass)?$/.test(target.name)) {
			return fromRegistry(target.object, "registry", evaluator);
		}
		if (symbolOf(target) === "sa.mapped_as_dataclass" && decorator.is === "call" && decorator.args[0]) {
			return fromRegistry(decorator.args[0], "registry", evaluator);
		}
	}
	return undefined;
}

function externalBase(
	ancestor: Exclude<Ancestor, PythonClass>,
	before: readonly Ancestor[],
	evaluator: Evaluator,
): BaseInfo | undefined {
	const symbol = symbolOf(ancestor);
	const own = before.filter((entry): entry is PythonClass => entry instanceof PythonClass);
	if (symbol && DECLARATIVE.has(symbol)) return fromDeclarativeBase(own, evaluator);
	if (symbol === "flask.Model") return fromFlask(ancestor, own, evaluator);
	if (symbol === "sqlmodel.SQLModel") return fromSqlModel(ancestor, own, evaluator);
	const factory = callOf(ancestor, ...FACTORIES);
	if (factory) {
		return {
			kind: "declarative",
			metadata: fromCall(factory, writtenName(own, ancestor)),
			maps: mapsOf(factory),
		};
	}
	if (
		ancestor.is === "call" &&
		ancestor.callee.is === "attribute" &&
		ancestor.callee.name === "generate_base"
	) {
		return fromRegistry(ancestor.callee.object, "Base", evaluator);
	}
	return undefined;
}

/** What the class that derives from `base` directly calls it: `class User(MonitoringBase)`. */
function writtenName(classes: readonly PythonClass[], base: Value): string {
	for (const cls of classes) {
		const at = cls.bases().indexOf(base);
		const expression = at === -1 ? undefined : cls.definition.args[at]?.value;
		if (expression?.kind === "name" || expression?.kind === "attribute") return expression.name;
	}
	return "Base";
}

/** The class that derives from DeclarativeBase directly owns the metadata; one of its own may override it. */
function fromDeclarativeBase(own: readonly PythonClass[], evaluator: Evaluator): BaseInfo | undefined {
	const root = [...own]
		.reverse()
		.find((cls) => cls.bases().some((base) => DECLARATIVE.has(symbolOf(base) ?? "")));
	if (!root) return undefined;
	const maps = own.flatMap((cls) => cls.ownAttribute("type_annotation_map") ?? []);
	// A registry of the base's own brings metadata and map.
	const registry = callOf(firstAttribute(own, "registry"), "sa.registry");
	const metadata = statedMetadata(own) ?? registry?.keywords.get("metadata");
	return {
		kind: "declarative",
		metadata: metadata ? metadataOf(metadata, evaluator, root.name) : implicit(root),
		maps: [...maps, ...(registry ? mapsOf(registry) : [])],
		root,
	};
}

function firstAttribute(classes: readonly PythonClass[], name: string): Value | undefined {
	for (const cls of classes) {
		const value = cls.ownAttribute(name);
		if (value) return value;
	}
	return undefined;
}

/** The `metadata` of a base; a model that (wrongly) has a column of that name does not change it. */
function statedMetadata(classes: readonly PythonClass[]): Value | undefined {
	const value = firstAttribute(classes, "metadata");
	return callOf(value, "sa.Column", "sa.mapped_column", "sqlmodel.Field") ? undefined : value;
}

function implicit(root: PythonClass): MetadataModel {
	return plain(`${root.at.file}:${root.at.line}`, root.name, root.at);
}

function plain(key: string, name: string, at: Origin, outside?: string): MetadataModel {
	return {
		key,
		name,
		at,
		schema: known(undefined),
		convention: new Map(),
		...(outside === undefined ? {} : { outside }),
	};
}

function fromFlask(model: Value, own: readonly PythonClass[], evaluator: Evaluator): BaseInfo {
	if (model.is !== "attribute" || model.object.is !== "call") {
		return { kind: "flask", metadata: plain("flask db", "db", model.at), maps: [] };
	}
	const { at, keywords } = model.object;
	const base = keywords.get("model_class");
	const declarative = base?.is === "class" ? fromDeclarativeBase(base.class.ownMro(), evaluator) : undefined;
	// With a base in the style of SQLAlchemy 2, the metadata is the base's; `metadata=` is ignored.
	if (declarative) {
		const metadata = { ...declarative.metadata, name: "db" };
		return {
			kind: "flask",
			metadata,
			maps: declarative.maps,
			...(declarative.root ? { root: declarative.root } : {}),
		};
	}
	const explicit = callOf(statedMetadata(own) ?? keywords.get("metadata"), "sa.MetaData");
	const metadata = explicit ? fromMetaData(explicit, "db") : plain(`${at.file}:${at.line}`, "db", at);
	return { kind: "flask", metadata, maps: [] };
}

function fromSqlModel(model: Value, own: readonly PythonClass[], evaluator: Evaluator): BaseInfo {
	const metadata = statedMetadata(own);
	return {
		kind: "sqlmodel",
		metadata: metadata
			? metadataOf(metadata, evaluator, "SQLModel")
			: plain("sqlmodel", "SQLModel", { file: model.at.file, line: model.at.line }),
		maps: [],
	};
}

function fromCall(call: CallValue, name: string): MetadataModel {
	const metadata = callOf(call.keywords.get("metadata"), "sa.MetaData");
	if (metadata) return fromMetaData(metadata, name);
	return plain(`${call.at.file}:${call.at.line}`, asString(call.keywords.get("name")) ?? name, call.at);
}

function mapsOf(call: CallValue): readonly Value[] {
	const map = call.keywords.get("type_annotation_map");
	return map ? [map] : [];
}

function fromRegistry(value: Value, name: string, evaluator: Evaluator): BaseInfo {
	const registry = callOf(value, "sa.registry");
	const metadata = registry?.keywords.get("metadata");
	return {
		kind: "declarative",
		metadata: metadata
			? metadataOf(metadata, evaluator, name)
			: plain(`${value.at.file}:${value.at.line}`, name, value.at),
		maps: registry ? mapsOf(registry) : [],
	};
}

function fromMetaData(call: CallValue, name: string): MetadataModel {
	const schema = call.keywords.get("schema");
	const convention = call.keywords.get("naming_convention");
	const { templates, tokens } = readConvention(convention);
	const stated = asString(schema);
	return {
		key: `${call.at.file}:${call.at.line}`,
		name,
		at: call.at,
		schema:
			!schema || isNone(schema) || stated !== undefined
				? known(stated)
				: notKnown(schema.is === "unknown" ? schema.why : "the schema cannot be evaluated", schema.at),
		convention: templates,
		...(tokens.size > 0 ? { tokens } : {}),
	};
}

const KINDS = ["ix", "uq", "ck", "fk", "pk"];
/** A convention may name a kind by its class. */
const CLASSES: Readonly<Record<string, string>> = {
	"sa.Index": "ix",
	"sa.UniqueConstraint": "uq",
	"sa.CheckConstraint": "ck",
	"sa.ForeignKeyConstraint": "fk",
	"sa.PrimaryKeyConstraint": "pk",
};

function readConvention(convention: Value | undefined): {
	templates: ReadonlyMap<string, Known<string>>;
	tokens: ReadonlyMap<string, Value>;
} {
	const templates = new Map<string, Known<string>>();
	const tokens = new Map<string, Value>();
	if (convention && convention.is !== "mapping" && !isNone(convention)) {
		const why = convention.is === "unknown" ? convention.why : "a naming convention that is computed";
		for (const kind of KINDS) templates.set(kind, notKnown(why, convention.at));
	}
	for (const [key, template] of convention?.is === "mapping" ? convention.entries : []) {
		const kind = asString(key) ?? CLASSES[symbolOf(key) ?? ""];
		const text = asString(template);
		if (kind === undefined) continue;
		if (!KINDS.includes(kind)) tokens.set(kind, template);
		else if (text !== undefined) templates.set(kind, known(text));
		else if (!isNone(template)) {
			templates.set(kind, notKnown("a naming convention that is computed", template.at));
		}
	}
	return { templates, tokens };
}

/** The metadata that a value is: a `MetaData(…)`, or the `.metadata` of a base, registry or Flask's `db`. */
export function metadataOf(value: Value, evaluator: Evaluator, name = "metadata"): MetadataModel {
	const call = callOf(value, "sa.MetaData");
	if (call) return fromMetaData(call, name);
	if (value.is === "attribute" && value.name === "metadata") {
		if (value.resolved) return metadataOf(value.resolved, evaluator, name);
		const owner = value.object;
		if (owner.is === "class") {
			const base = baseOf(owner.class, evaluator);
			if (base) return base.metadata;
		}
		if (isFlaskDatabase(owner)) {
			return fromFlask({ is: "attribute", object: owner, name: "Model", at: value.at }, [], evaluator)
				.metadata;
		}
		const factory = callOf(owner, ...FACTORIES);
		if (factory) return fromCall(factory, "Base");
		const isRegistry = callOf(owner, "sa.registry") !== undefined;
		if (isRegistry) return fromRegistry(owner, name, evaluator).metadata;
		if (owner.is === "call" && owner.callee.is === "attribute" && owner.callee.name === "generate_base") {
			return fromRegistry(owner.callee.object, name, evaluator).metadata;
		}
	}
	const path = externalPath(value);
	if (path && /^sqlmodel\.(\w+\.)*SQLModel\.metadata$/.test(path))
		return plain("sqlmodel", "SQLModel", value.at);
	if (path)
		return plain(
			`outside ${path.replace(/\.metadata$/, "")}`,
			path.split(".").at(-1) ?? path,
			value.at,
			path,
		);
	return plain(`${value.at.file}:${value.at.line}`, name, value.at, "a MetaData that cannot be evaluated");
}

/** The base of a class whose bases are not in the repository: known only by its import. */
export function outsideBase(cls: PythonClass): BaseInfo | undefined {
	const ancestor = [...cls.mro()]
		.reverse()
		.find(
			(entry) =>
				!(entry instanceof PythonClass) && !/^(builtins|typing|abc|enum)\./.test(externalPath(entry) ?? ""),
		);
	if (!ancestor || ancestor instanceof PythonClass) return undefined;
	const path = externalPath(ancestor);
	const name = path ?? (ancestor.is === "unknown" ? ancestor.why : "a computed base");
	return {
		kind: "outside",
		metadata: plain(`outside ${name}`, name.split(".").at(-1) ?? name, cls.at, name),
		maps: [],
	};
}
