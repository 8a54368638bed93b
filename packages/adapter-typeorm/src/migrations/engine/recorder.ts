/** What the migrations of one source do to the database: their SQL, and the calls of TypeORM's query runner. */
import { type FollowedDatabase, hasPlaceholder, scriptOf } from "@schemalign/adapter-sql";
import { messageOf, type Origin } from "@schemalign/core";
import type { Machine } from "../evaluate/machine.js";
import { Text, Thrown, Unknown, type Value } from "../evaluate/values.js";
import type { MigrationScript } from "../script.js";
import type { EngineObject, Places } from "./objects.js";
import { placeSql } from "./places.js";
import type { RecordingRunner } from "./recording.js";

type Engine = typeof import("./recording.js") & typeof import("./objects.js");

/** Methods of TypeORM's runner that change the schema: their SQL is TypeORM's own. */
export const CHANGES =
	/^(?:create|drop|change|rename|add|update)(?:Schema|Tables?|TableComment|Views?|ViewInd(?:ex|ices)|Columns?|PrimaryKeys?|(?:Unique|Check|Exclusion)Constraints?|ForeignKeys?|Ind(?:ex|ices))$/;
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
