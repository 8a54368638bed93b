/** The query runner that migrations are given: what they tell it is recorded, what they ask is answered where it is certain. */
import type { Origin } from "@schemalign/core";
import {
	Callable,
	EnvironmentUnknown,
	type Foreign,
	List,
	Text,
	Unknown,
	type Value,
} from "../evaluate/values.js";
import { CHANGES, type Recorder } from "./recorder.js";

const ASKS = /^(?:hasTable|hasColumn|hasSchema|getTable|getView|getCurrentSchema)$/;
const NOTHING =
	/^(?:connect|startTransaction|commitTransaction|rollbackTransaction|release|beforeMigration|afterMigration|clearSqlMemory)$/;

/** The query runner, and through it its connection and its manager. */
export function queryRunner(recorder: Recorder): Foreign {
	return new RunnerObjects(recorder).runner;
}

/** The objects that a migration gets at. */
class RunnerObjects {
	readonly runner: Foreign = {
		foreign: true,
		powerful: true,
		member: (name, at) => this.#runnerMember(name, at),
	};
	readonly #recorder: Recorder;
	readonly #query: Callable;
	readonly #tag: Callable;

	constructor(recorder: Recorder) {
		this.#recorder = recorder;
		this.#query = Callable.native((args, at) => recorder.sql(args, at));
		this.#tag = Callable.native(([strings, ...values], at) => this.#tagged(strings, values, at));
	}

	#tagged(strings: Value, values: readonly Value[], at: Origin): Value {
		const texts = strings instanceof List ? strings.items.filter((part) => part instanceof Text) : [];
		const parts = texts.flatMap((part, index) =>
			index < values.length ? [part, this.#recorder.machine().toText(values[index], at)] : [part],
		);
		return this.#recorder.sql([Text.join(parts)], at);
	}

	#runnerMember(name: string, at: Origin): Value {
		const recorder = this.#recorder;
		if (name === "query") return this.#query;
		if (name === "sql") return this.#tag;
		if (name === "connection" || name === "dataSource") return this.#connection;
		if (name === "manager") return this.#manager;
		if (CHANGES.test(name) || ASKS.test(name)) {
			return Callable.native((args, place) => recorder.change(name, args, place));
		}
		if (NOTHING.test(name)) return Callable.native(() => undefined);
		if (/^clear(?:Table|Database)$/.test(name))
			return Callable.native((_args, place) => cleared(recorder, name, place));
		return new Unknown(`the query runner's ${name}`, at);
	}

	get #manager(): Foreign {
		const parts = { query: this.#query, sql: this.#tag, transaction: this.#transaction() };
		return objectOf(parts, (name, at) => {
			if (name === "connection" || name === "dataSource") return this.#connection;
			return name === "queryRunner" ? this.runner : this.#ofData(name, at);
		});
	}

	get #connection(): Foreign {
		const machine = this.#recorder.machine;
		const quote = Callable.native(([name], at) => new Text(`"${machine().toText(name, at).value}"`));
		const driver = partsOf(
			{ options: OPTIONS, escape: quote },
			(name, at) => new Unknown(`the driver's ${name}`, at),
		);
		const parts = {
			options: OPTIONS,
			driver,
			query: this.#query,
			sql: this.#tag,
			transaction: this.#transaction(),
			createQueryRunner: Callable.native(() => this.runner),
		};
		return objectOf(parts, (name, at) => (name === "manager" ? this.#manager : this.#ofData(name, at)));
	}

	/** `transaction(work)`, which gives the work a manager. */
	#transaction(): Callable {
		return Callable.native((args, at) =>
			this.#recorder.machine().call(args.at(-1), undefined, [this.#manager], at),
		);
	}

	/** Repositories and query builders: what they do concerns data. */
	#ofData(name: string, at: Origin): Value {
		if (!/^(?:getRepository|getTreeRepository|withRepository)$/.test(name))
			return new Unknown(`${name} of the data`, at);
		return Callable.native(() =>
			partsOf({ query: this.#query }, (key, where) =>
				key === "manager" ? this.#manager : new Unknown(`${key} of a repository`, where),
			),
		);
	}
}

/** The data source's options: of them the kind of the database is known. */
const OPTIONS: Foreign = {
	foreign: true,
	member: (name, at) =>
		name === "type"
			? new Text("postgres")
			: new EnvironmentUnknown(`it depends on the data source's option ${name}`, at),
};

function cleared(recorder: Recorder, name: string, at: Origin): undefined {
	if (name === "clearDatabase") recorder.script.wholeGap("the whole database is cleared", at);
	return undefined;
}

type Other = (name: string, at: Origin) => Value;

/** An object with these parts, of which `other` gives the rest. */
function partsOf(parts: Readonly<Record<string, Value>>, other: Other): Foreign {
	const known = new Map(Object.entries(parts));
	return { foreign: true, member: (name, at) => (known.has(name) ? known.get(name) : other(name, at)) };
}

/** The same, through which the database can be changed. */
function objectOf(parts: Readonly<Record<string, Value>>, other: Other): Foreign {
	return { ...partsOf(parts, other), powerful: true };
}
