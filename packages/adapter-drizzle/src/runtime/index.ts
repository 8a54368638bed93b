/** The program inside the sandbox: Drizzle's modules for the project's code, and what Drizzle says of its exports. */
import { exportsOf, type GuestEngine, type Round, serve, stubLabel } from "@schemalign/sandbox/runtime";
import type { DrizzleOptions, Report } from "../protocol.js";
import { callAt, carriesColumns, createdTables, drizzleNamespace, PlaceMark } from "./drizzle.js";
import { Extractor } from "./extract.js";
import { placeOf } from "./places.js";
import { SqlWriter } from "./sql.js";

const { parse, stringify } = JSON;

/** Where in `createdTables` the round begins. */
let from = 0;
/** The table that is being read, and those whose extra config hung. */
let current: object | undefined;
const endless = new Map<object, string>();

const engine: GuestEngine<DrizzleOptions, Report> = {
	begin() {
		from = createdTables.length;
	},

	namespace: drizzleNamespace,
	callAt,
	mark: (place) => new PlaceMark(place),

	suspicion(label, args) {
		const missing = label.startsWith("drizzle-orm's ") && args.some((arg) => typeof arg === "string");
		if (missing) return `${label} is not known to the version of Drizzle that reads this`;
		return args.some((arg) => carriesColumns(arg))
			? `a table may be made by ${label}, which is not part of the project`
			: undefined;
	},

	refuses(error) {
		try {
			return (
				typeof error === "object" && error !== null && /Drizzle/.test(String(Reflect.get(error, "name")))
			);
		} catch {
			return false;
		}
	},

	find: (round) => (round.options.mode === "config" ? readConfigs(round) : readSchema(round)),

	/** The table that was being read when the time was up is read without its extra config. */
	skip(all, why) {
		for (const table of all ? createdTables : [current]) if (table) endless.set(table, why);
	},
};

const EMPTY: Report = {
	problems: [],
	schemas: [],
	tables: [],
	enums: [],
	views: [],
	sequences: [],
	policies: [],
	configs: [],
};

function readSchema(round: Round<DrizzleOptions>): Report {
	const extractor = new Extractor(new SqlWriter(round.options.casing), (table) => {
		current = table;
		return endless.get(table);
	});
	for (const entry of round.entries) {
		for (const [name, value] of exportsOf(round.modules.load(entry))) {
			extractor.visit(value, name === "default" ? null : name);
		}
	}
	const { failed } = round.modules;
	for (const table of createdTables.slice(from)) {
		const place = placeOf(table);
		if (place && failed.has(place[0])) extractor.visit(table, null);
	}
	return { ...EMPTY, ...extractor.found };
}

function readConfigs(round: Round<DrizzleOptions>): Report {
	const configs = round.entries.map((module) => {
		const value: unknown = round.modules.load(module).default;
		const text = stubLabel(value) === undefined ? stringify(value) : undefined;
		return { module, value: text === undefined ? null : parse(text) };
	});
	return { ...EMPTY, configs };
}

serve(engine);
