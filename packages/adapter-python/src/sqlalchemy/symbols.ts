/** What a value is called in SQLAlchemy, whichever module or re-export it was imported from. */
import { PythonClass } from "../evaluate/classes.js";
import { type CallValue, externalPath, type Value } from "../evaluate/values.js";

/** Libraries of column types: the module within them does not matter. */
const TYPE_LIBRARIES = new Set(
	`pgvector sqlalchemy_utils sqlalchemy_json geoalchemy2 advanced_alchemy fastapi_users_db_sqlalchemy fastapi_users
	flask_security citext litestar`.split(/\s+/),
);
const SQLMODEL_OWN = new Set(["Field", "SQLModel", "Relationship", "AutoString"]);

/**
 * The canonical name of a library symbol: `sa.Column`, `sa.func.now`, `pg.JSONB`, `mysql.LONGTEXT`, `sqlmodel.Field`,
 * `flask.Model`, `pgvector.Vector`, or the full path (`datetime.datetime`). `undefined`: nothing from a library.
 */
export function symbolOf(value: Value | undefined): string | undefined {
	if (!value) return undefined;
	if (value.is === "attribute") return attributeSymbol(value.object, value.name);
	const path = externalPath(value);
	return path === undefined ? undefined : canonicalPath(path);
}

/** The symbol that a call calls. */
export function calledSymbol(value: Value | undefined): string | undefined {
	return value?.is === "call" ? symbolOf(value.callee) : undefined;
}

/** The value as a call of one of `symbols`. */
export function callOf(value: Value | undefined, ...symbols: readonly string[]): CallValue | undefined {
	const symbol = calledSymbol(value);
	return value?.is === "call" && symbol !== undefined && symbols.includes(symbol) ? value : undefined;
}

function attributeSymbol(object: Value, name: string): string | undefined {
	if (isFlaskDatabase(object)) return name === "Model" ? "flask.Model" : `sa.${name}`;
	const inner = object.is === "attribute" ? symbolOf(object) : undefined;
	// `db.func.now`, `db.dialects…`
	return inner?.startsWith("sa.") ? `${inner}.${name}` : undefined;
}

/** The object that Flask-SQLAlchemy calls `db`. */
export function isFlaskDatabase(value: Value): boolean {
	if (value.is !== "call") return false;
	if (externalPath(value.callee) === "flask_sqlalchemy.SQLAlchemy") return true;
	if (value.callee.is !== "class") return false;
	return value.callee.class
		.mro()
		.some(
			(ancestor) =>
				!(ancestor instanceof PythonClass) && externalPath(ancestor) === "flask_sqlalchemy.SQLAlchemy",
		);
}

const canonical = new Map<string, string>();

function canonicalPath(path: string): string {
	const known = canonical.get(path);
	if (known !== undefined) return known;
	const name = readPath(path);
	canonical.set(path, name);
	return name;
}

function readPath(path: string): string {
	const parts = path.split(".");
	const last = parts.at(-1) ?? path;
	const [root] = parts;
	if (root === "sqlalchemy") {
		if (parts[1] === "dialects" && parts.length > 3) {
			return `${parts[2] === "postgresql" ? "pg" : parts[2]}.${last}`;
		}
		// `from sqlalchemy.sql.functions import coalesce`
		if (parts[1] === "sql" && parts[2] === "functions" && parts.length > 3) return `sa.func.${last}`;
		const func = parts.indexOf("func");
		return func === -1 ? `sa.${last}` : `sa.${parts.slice(func).join(".")}`;
	}
	if (root === "sqlmodel") {
		if (parts.includes("metadata")) return `sqlmodel.${parts.slice(-2).join(".")}`;
		const func = parts.indexOf("func");
		if (func !== -1) return `sa.${parts.slice(func).join(".")}`;
		return SQLMODEL_OWN.has(last) ? `sqlmodel.${last}` : `sa.${last}`;
	}
	if (root !== undefined && TYPE_LIBRARIES.has(root)) return `${root}.${last}`;
	// `from extensions import db`, where that module is not in the repository.
	const db = parts.lastIndexOf("db");
	if (db !== -1 && db === parts.length - 2 && root !== "django" && root !== "builtins") {
		return last === "Model" ? "flask.Model" : `sa.${last}`;
	}
	if (db !== -1 && parts[db + 1] === "func") return `sa.${parts.slice(db + 1).join(".")}`;
	return path;
}
