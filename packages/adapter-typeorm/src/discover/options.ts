/** Data sources, read without being run: what of their options decides about the schema. */
import { child, children, type Node, nameIn, parseModule, walk } from "../snapshot/syntax.js";
import type { ScannedFile } from "./scan.js";

export interface DataSourceOptions {
	readonly path: string;
	/** The kind of database, where it is written down; else the environment decides. */
	readonly type?: string;
	readonly schema?: string;
	readonly entityPrefix?: string;
	readonly uuidExtension?: string;
	/** The naming strategy's class, and where it is imported from (`.`: the file itself). */
	readonly strategy?: { readonly name: string; readonly from: string };
	/** Globs and paths of entities, as written; `undefined`: not told by the text. */
	readonly entities?: readonly string[];
	/** Names of entity classes. */
	readonly classes?: readonly string[];
}

const MENTIONS =
	/\bnew\s+DataSource\b|\bDataSourceOptions\b|TypeOrmModule\s*\.\s*forRoot|TypeOrmModuleOptions|TypeOrmOptionsFactory|\bcreateConnections?\s*\(|\bConnectionOptions\b|\bnamingStrategy\b|\bPostgresConnectionOptions\b/;
const TELLING = [
	"entities",
	"namingStrategy",
	"autoLoadEntities",
	"entityPrefix",
	"migrationsTableName",
	"migrationsRun",
	"synchronize",
];

/** The data sources that a file describes; `undefined`: it may, and does not parse. */
export function dataSourcesIn(file: ScannedFile): DataSourceOptions[] | undefined {
	if (!MENTIONS.test(file.text)) return [];
	const tree = parseModule(file.path, file.text);
	if (!tree) return undefined;
	const found: DataSourceOptions[] = [];
	for (const node of walk(tree)) {
		if (node.type !== "ObjectExpression") continue;
		const keys = new Map<string, Node>();
		for (const one of children(node, "properties")) {
			const key = nameIn(child(one, "key"));
			const value = child(one, "value");
			if (key !== undefined && value) keys.set(key, value);
		}
		const told = TELLING.filter((key) => keys.has(key)).length;
		if (told === 0 || (told === 1 && !keys.has("type") && !keys.has("namingStrategy"))) continue;
		found.push(describe(file, keys));
	}
	return found;
}

function describe(file: ScannedFile, keys: ReadonlyMap<string, Node>): DataSourceOptions {
	const text = (key: string): string | undefined => literal(keys.get(key));
	const type = text("type");
	const strategy = strategyOf(file, keys.get("namingStrategy"));
	const entities = keys.get("entities");
	return {
		path: file.path,
		...(type === undefined ? {} : { type }),
		...optional("schema", text("schema")),
		...optional("entityPrefix", text("entityPrefix")),
		...optional("uuidExtension", text("uuidExtension")),
		...(strategy === undefined ? {} : { strategy }),
		...(entities === undefined ? {} : entitiesOf(entities)),
	};
}

function optional<K extends string>(key: K, value: string | undefined): { [key in K]?: string } {
	const made: { [key in K]?: string } = {};
	if (value !== undefined) made[key] = value;
	return made;
}

/** A text that is written down: a literal, also behind `as`. */
function literal(node: Node | undefined): string | undefined {
	if (!node) return undefined;
	if (node.type === "Literal") {
		const value: unknown = Reflect.get(node, "value");
		return typeof value === "string" ? value : undefined;
	}
	if (node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression")
		return literal(child(node, "expression"));
	if (node.type === "TemplateLiteral" && children(node, "expressions").length === 0) {
		const value: unknown = Reflect.get(children(node, "quasis")[0] ?? {}, "value");
		return typeof value === "object" && value !== null ? String(Reflect.get(value, "cooked")) : undefined;
	}
	return undefined;
}

/** `new SnakeNamingStrategy()`, or a constant that is one. */
function strategyOf(file: ScannedFile, node: Node | undefined): DataSourceOptions["strategy"] {
	if (!node) return undefined;
	const made = [...walk(node)].find((one) => one.type === "NewExpression");
	const name = nameIn(made && child(made, "callee")) ?? constructed(file.text, nameIn(node));
	if (name === undefined) return undefined;
	const known = file.imports.get(name);
	return { name: known?.name ?? name, from: known?.from ?? "." };
}

function constructed(text: string, constant: string | undefined): string | undefined {
	if (constant === undefined || !/^[\w$]+$/.test(constant)) return undefined;
	return new RegExp(`\\b${constant.replace(/\$/g, "\\$")}\\b[^=\\n]*=\\s*new\\s+([\\w$]+)`).exec(text)?.[1];
}

/** Texts and class names in the list; with anything else in it, the text does not tell. */
function entitiesOf(node: Node): Pick<DataSourceOptions, "entities" | "classes"> {
	if (node.type !== "ArrayExpression") return {};
	const texts: string[] = [];
	const classes: string[] = [];
	for (const element of children(node, "elements")) {
		if (element.type === "Identifier") classes.push(nameIn(element) ?? "");
		else if (element.type === "SpreadElement") return {};
		else {
			const parts = [...walk(element)].flatMap((one) => literal(one) ?? quasi(one) ?? []);
			if (parts.length === 0) return {};
			texts.push(parts.join("/"));
		}
	}
	return { entities: texts, classes };
}

function quasi(node: Node): string | undefined {
	if (node.type !== "TemplateElement") return undefined;
	const value: unknown = Reflect.get(node, "value");
	return typeof value === "object" && value !== null ? String(Reflect.get(value, "cooked")) : undefined;
}
