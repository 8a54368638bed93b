/** The query runner that migrations are given: what they tell it is recorded, what they ask is answered where it is certain. */
import { type FollowedDatabase, hasPlaceholder, scriptOf } from "@schemalign/adapter-sql";
import { messageOf, type Origin } from "@schemalign/core";
import type { Machine } from "../evaluate/machine.js";
import {
	Callable,
	EnvironmentUnknown,
	type Foreign,
	List,
	Text,
	Thrown,
	Unknown,
	type Value,
} from "../evaluate/values.js";
import type { MigrationScript } from "../script.js";
import type { EngineObject, Places } from "./objects.js";
import { placeSql } from "./places.js";
import type { RecordingRunner } from "./recording.js";

type Engine = typeof import("./recording.js") & typeof import("./objects.js");

/** Methods of TypeORM's runner that change the schema: their SQL is TypeORM's own. */
const CHANGES =
	/^(?:create|drop|change|rename|add|update)(?:Schema|Tables?|TableComment|Views?|ViewInd(?:ex|ices)|Columns?|PrimaryKeys?|(?:Unique|Check|Exclusion)Constraints?|ForeignKeys?|Ind(?:ex|ices))$/;
const ASKS = /^(?:hasTable|hasColumn|hasSchema|getTable|getView|getCurrentSchema)$/;
const NOTHING =
	/^(?:connect|startTransaction|commitTransaction|rollbackTransaction|release|beforeMigration|afterMigration|clearSqlMemory)$/;
const DATA = /^\s*(?:--[^\n]*\s*)*(?:select|insert|update|delete|with|values|truncate)\b/i;
const DDL = /;\s*(?:create|alter|drop)\b/i;

/** What the migrations of one source do, with the state of the database between them. */
export class Recorder {
	#engine: Promise<Engine> | undefined;
	#runner: RecordingRunner | undefined;
	#database: FollowedDatabase | undefined;
	#fed = 0;
	#places: Places = new Map();
	#at: Origin = { file: "", line: 1 };

	constructor(
		readonly script: MigrationScript,
		readonly machine: () => Machine,
	) {}

	get engine(): Promise<Engine> {
		this.#engine ??= Promise.all([import("./recording.js"), import("./objects.js")]).then(
			([recording, objects]) => ({
				...recording,
				...objects,
			}),
		);
		return this.#engine;
	}

	/** The database after what was recorded so far. */
	async database(): Promise<FollowedDatabase> {
		if (!this.#database) {
			const { followScripts } = await import("@schemalign/adapter-sql");
			this.#database = await followScripts();
		}
		for (const piece of this.script.pieces.slice(this.#fed)) {
			this.#database.run(scriptOf(piece, this.#fed++));
		}
		return this.#database;
	}

	/** SQL that TypeORM writes. */
	record(sql: string): void {
		const { text, origins } = placeSql(sql, this.#places, this.#at);
		this.script.add(text, origins, this.machine().reason);
	}

	/** `query(sql, parameters)`: its rows are only known at run time. */
	sql(args: readonly Value[], at: Origin): Value {
		const [sql] = args;
		const rows = new Unknown("what a query gives is only known at run time", at);
		if (sql instanceof Text) this.#text(sql, at, this.machine().reason);
		else if (sql instanceof Unknown && sql.choices.length > 0) {
			for (const choice of sql.choices) {
				if (choice instanceof Text) this.#text(choice, at, this.machine().reason ?? sql);
			}
		} else {
			const why = sql instanceof Unknown ? sql.why : "it is not a text";
			this.script.wholeGap(`SQL that is only known at run time: ${why}`, at);
		}
		return rows;
	}

	#text(sql: Text, at: Origin, doubt: Unknown | undefined): void {
		const onlyData = hasPlaceholder(sql.value) && DATA.test(sql.value) && !DDL.test(sql.value);
		if (onlyData) this.script.rowsChanged();
		else this.script.addText(sql, at, doubt);
	}

	/** A call of TypeORM's runner. */
	async change(method: string, args: readonly Value[], at: Origin): Promise<Value> {
		const { recordingRunner, Undetermined, fromPlain, toPlain } = await this.engine;
		this.#runner ??= recordingRunner(this);
		const runner = this.#runner;
		this.#places = new Map();
		this.#at = at;
		const conversion = {
			placeholder: (unknown: Unknown) => this.script.placeholderFor(unknown),
			places: this.#places,
		};
		try {
			const given = args.map((arg) => toPlain(arg, conversion));
			const call: unknown = Reflect.get(runner, method);
			if (typeof call !== "function") return new Unknown(`TypeORM's runner has no ${method}`, at);
			const result: unknown = await Reflect.apply(call, runner, given);
			return fromPlain(result, at);
		} catch (error) {
			const message = messageOf(error);
			if (error instanceof Undetermined) {
				if (CHANGES.test(method)) this.#gap(method, args, message, at);
				return new Unknown(message, at);
			}
			throw new Thrown(undefined, message, at);
		} finally {
			if (this.machine().reason) runner.forget();
		}
	}

	/** What a call would have changed is not known. */
	#gap(method: string, [target]: readonly Value[], message: string, at: Origin): void {
		const why = `${method}() is not followed: ${message}`;
		const name = target instanceof Text ? target.value : nameOf(target);
		if (name === undefined || hasPlaceholder(name) || /Schema|View/.test(method)) {
			this.script.wholeGap(why, at);
			return;
		}
		const parts = name.split(".");
		this.script.tableGap(parts.length > 1 ? parts[0] : undefined, parts.at(-1) ?? "", why, at);
	}
}

function nameOf(value: Value): string | undefined {
	const target = isEngineObject(value) ? Reflect.get(value.target, "name") : undefined;
	return typeof target === "string" ? target : undefined;
}

function isEngineObject(value: Value): value is EngineObject {
	return typeof value === "object" && value !== null && "target" in value && "places" in value;
}

/** The objects that a migration gets at: the runner, its connection, its manager. */
export function queryRunner(recorder: Recorder): Foreign {
	const machine = recorder.machine;
	const query = Callable.native((args, at) => recorder.sql(args, at));
	const tag = Callable.native(([strings, ...values], at) => {
		const texts = strings instanceof List ? strings.items.filter((part) => part instanceof Text) : [];
		const parts = texts.flatMap((part, index) =>
			index < values.length ? [part, machine().toText(values[index], at)] : [part],
		);
		return recorder.sql([Text.join(parts)], at);
	});
	const options: Foreign = {
		foreign: true,
		member: (name, at) =>
			name === "type"
				? new Text("postgres")
				: new EnvironmentUnknown(`it depends on the data source's option ${name}`, at),
	};
	const driver = plainObject({ options }, (name, at) => new Unknown(`the driver's ${name}`, at), {
		escape: Callable.native(([name], at) => new Text(`"${machine().toText(name, at).value}"`)),
	});
	const transaction = (inside: () => Value): Callable =>
		Callable.native((args, at) => machine().call(args.at(-1), undefined, [inside()], at));
	const manager: Foreign = plainObject(
		{},
		(name, at) =>
			name === "connection" || name === "dataSource"
				? connection
				: name === "queryRunner"
					? runner
					: quiet(name, at),
		{ query, transaction: transaction(() => manager), sql: tag },
		true,
	);
	const connection: Foreign = plainObject(
		{ options, driver, manager },
		(name, at) => quiet(name, at),
		{
			query,
			sql: tag,
			transaction: transaction(() => manager),
			createQueryRunner: Callable.native(() => runner),
		},
		true,
	);
	/** Repositories and query builders: what they do concerns data. */
	const quiet = (name: string, at: Origin): Value => {
		if (!/^(?:getRepository|getTreeRepository|withRepository)$/.test(name))
			return new Unknown(`${name} of the data`, at);
		return Callable.native(
			(_args, place) =>
				plainObject({ manager }, (key, where) => new Unknown(`${key} of a repository`, where), { query }) ??
				place,
		);
	};
	const runner: Foreign = {
		foreign: true,
		powerful: true,
		member: (name, at) => {
			if (name === "query") return query;
			if (name === "sql") return tag;
			if (name === "connection" || name === "dataSource") return connection;
			if (name === "manager") return manager;
			if (CHANGES.test(name) || ASKS.test(name)) {
				return Callable.native((args, place) => recorder.change(name, args, place));
			}
			if (NOTHING.test(name)) return Callable.native(() => undefined);
			if (/^clear(?:Table|Database)$/.test(name))
				return Callable.native((_args, place) => cleared(recorder, name, place));
			return new Unknown(`the query runner's ${name}`, at);
		},
	};
	return runner;
}

function cleared(recorder: Recorder, name: string, at: Origin): undefined {
	if (name === "clearDatabase") recorder.script.wholeGap("the whole database is cleared", at);
	return undefined;
}

function plainObject(
	parts: Readonly<Record<string, Value>>,
	other: (name: string, at: Origin) => Value,
	methods: Readonly<Record<string, Value>>,
	powerful = false,
): Foreign {
	const known = new Map(Object.entries({ ...parts, ...methods }));
	return {
		foreign: true,
		powerful,
		member: (name, at) => (known.has(name) ? known.get(name) : other(name, at)),
	};
}
