/** `insert-fails`, whatever the reason: all columns that keep programs from inserting into one table are one finding. */
import { quoteIdentifier } from "../model/address.js";
import { listOf, tableLabel } from "../report/describe.js";
import { type DatabaseContext, type Draft, pathsText } from "./context.js";
import { ormName } from "./programs.js";

/** Why no row gets in: the model lacks what the database demands (23502), or writes what it computes (428C9). */
type Obstacle = "lacks" | "writes";

/** What marks a member of the fold whose value is refused. */
const COMPUTED = " (computed by the database)";

/** The fold of one column among those that keep programs from inserting into `table`. */
export function foldInserts(
	database: DatabaseContext,
	table: string,
	column: string,
	obstacle: Obstacle,
): NonNullable<Draft["fold"]> {
	return {
		key: table,
		name: `${quoteIdentifier(column)}${obstacle === "writes" ? COMPUTED : ""}`,
		words: (members) => wordsOf(database, tableLabel(table), members),
	};
}

function wordsOf(database: DatabaseContext, table: string, members: readonly Draft<string>[]) {
	const programs = [
		...new Set(members.flatMap(({ consequences }) => consequences.map(({ source }) => source))),
	];
	const names = members.map(nameIn);
	const paths = pathsText(database, programs);
	const isOne = programs.length === 1;
	const written = names.filter(isComputed);
	const columns = `${members.length} columns of ${table} (${listOf(names.map(plain), 5)})`;
	const lacks = `${isOne ? "does not have them" : "do not have all of them"}`;
	const message =
		written.length === 0
			? `${columns} are NOT NULL without a default, and ${paths} ${lacks}`
			: written.length === names.length
				? `${columns} are computed by the database, and ${paths} ${isOne ? "writes" : "write"} them in every INSERT`
				: `no row can be inserted into ${table} through ${pathsText(database, programs, "or")}: ${names.length} columns (${listOf(names.map(plain), 5)}) stand in the way`;
	return {
		message,
		why:
			written.length > 0 ? "Each of them alone keeps every row out." : "No row can be inserted without them.",
		help:
			written.length > 0
				? `In ${paths}, map what is missing and mark what the database computes as computed.`
				: `Map them in ${paths}, or give them defaults in the database.`,
		consequences: programs.map((source) => ({
			source,
			text: `${ormName(database.adapterOf(source))} in ${database.pathOf(source)}: ${effectOn(table, source, members)}`,
		})),
	};
}

function effectOn(table: string, source: string, members: readonly Draft<string>[]): string {
	const names = members
		.filter(({ consequences }) => consequences.some((one) => one.source === source))
		.map(nameIn);
	const lacking = names.filter((name) => !isComputed(name));
	const written = names.filter(isComputed).map(plain);
	const codes = [...(lacking.length > 0 ? ["23502"] : []), ...(written.length > 0 ? ["428C9"] : [])];
	const reasons = [
		...(lacking.length > 0 ? [`it does not have ${listOf(lacking, 8)}`] : []),
		...(written.length > 0 ? [`it writes ${listOf(written, 8)}, which the database computes`] : []),
	];
	return `every INSERT into ${table} fails (${codes.join(", ")}): ${reasons.join("; ")}`;
}

const nameIn = ({ fold }: Draft<string>): string => fold?.name ?? "";
const isComputed = (name: string): boolean => name.endsWith(COMPUTED);
const plain = (name: string): string => (isComputed(name) ? name.slice(0, -COMPUTED.length) : name);
