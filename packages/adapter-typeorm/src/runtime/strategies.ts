/** The naming strategies of the package `typeorm-naming-strategies`, which programs name but a clone does not have. */
import { DefaultNamingStrategy, type Table } from "typeorm/browser";
import { snakeCase } from "typeorm/browser/util/StringUtils.js";

/** Every name in snake case: the rules that the package documents. */
export class SnakeNamingStrategy extends DefaultNamingStrategy {
	override tableName(className: string, given: string | undefined): string {
		return given || snakeCase(className);
	}

	override columnName(property: string, given: string | undefined, prefixes: string[]): string {
		const before = prefixes.length > 0 ? `${snakeCase(prefixes.join("_"))}_` : "";
		return before + (given || snakeCase(property));
	}

	override relationName(property: string): string {
		return snakeCase(property);
	}

	override joinColumnName(relation: string, referenced: string): string {
		return snakeCase(`${relation}_${referenced}`);
	}

	override joinTableName(first: string, second: string, property: string): string {
		return snakeCase(`${first}_${property.replaceAll(".", "_")}_${second}`);
	}

	override joinTableColumnName(table: string, property: string, column?: string): string {
		return snakeCase(`${table}_${column || property}`);
	}

	classTableInheritanceParentColumnName(parent: string | Table, parentProperty: string): string {
		return snakeCase(`${this.getTableName(parent)}_${parentProperty}`);
	}

	eagerJoinRelationAlias(alias: string, path: string): string {
		return `${alias}__${path.replace(".", "_")}`;
	}
}
