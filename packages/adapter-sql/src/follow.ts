/** A database as scripts make it, statement by statement, for whoever has to know what is there in between. */
import { type Entity, type Snapshot, SnapshotBuilder } from "@schemalign/core";
import { TableEmitter } from "./emit/table.js";
import { execute } from "./interpret/dispatch.js";
import { Forecast } from "./interpret/forecast.js";
import { Rejection, Session } from "./interpret/session.js";
import { uncertain } from "./interpret/uncertain.js";
import { loadParser } from "./parser.js";
import type { Script } from "./read-scripts.js";
import { ScriptReader } from "./script/read.js";
import type { Name } from "./tree.js";

/** What is certain of a relation at this point. */
export type FollowedRelation =
	| { readonly is: "absent" }
	/** The scripts do not tell whether it is there. */
	| { readonly is: "unknown"; readonly why: string }
	/** It is there, but not all of it is known. */
	| { readonly is: "vague"; readonly why: string; readonly columns: readonly string[] }
	| {
			readonly is: "table";
			readonly entities: readonly Entity[];
			readonly schema: string;
			readonly name: string;
	  }
	| { readonly is: "view"; readonly materialized: boolean; readonly schema: string; readonly name: string };

export interface FollowedDatabase {
	/** Interprets a script as far as it can be; what fails has no effect. */
	run(script: Script): void;
	relation(name: Name): FollowedRelation;
	/** The labels of an enum, `null` where there is no such enum, `undefined` where it cannot be known. */
	enumLabels(name: Name): readonly string[] | null | undefined;
	hasSchema(name: string): boolean | undefined;
}

/** A database in which nothing is yet. */
export async function followScripts(): Promise<FollowedDatabase> {
	const parser = await loadParser();
	return new Followed(new Session(parser, new Forecast([])), new ScriptReader(parser));
}

const HEAD = {
	source: "followed",
	adapter: "sql",
	role: "definition",
	path: ".",
	capabilities: { kinds: {}, aspects: {} },
} as const;

class Followed implements FollowedDatabase {
	readonly #session: Session;
	readonly #reader: ScriptReader;

	constructor(session: Session, reader: ScriptReader) {
		this.#session = session;
		this.#reader = reader;
	}

	run(script: Script): void {
		const { uncertain: why } = script;
		for (const item of this.#reader.read(script)) {
			if (item.is !== "statement") {
				if (/\b(?:create|alter|drop)\b/i.test(item.sql)) this.#session.mayCreate ??= item.at;
				continue;
			}
			this.#session.order = item.statement.order;
			try {
				if (why === undefined) execute(this.#session, item.statement, item.statement.node);
				else uncertain(this.#session, item.statement, why);
			} catch (error) {
				// What is wrong with it is said where the scripts are read as a whole.
				if (!(error instanceof Rejection)) this.#session.mayCreate ??= item.statement.at;
			}
		}
	}

	relation(name: Name): FollowedRelation {
		const { catalog } = this.#session;
		const found = catalog.relation(name);
		if (!found) return this.#missing();
		if (found.kind === "view") {
			return { is: "view", materialized: found.materialized, schema: found.schema, name: found.name };
		}
		if (found.kind !== "table") return { is: "absent" };
		if (found.presupposed || found.incomplete) {
			const why = found.incomplete?.value ?? "the table is created elsewhere";
			return { is: "vague", why, columns: [...found.columns.keys()] };
		}
		const builder = new SnapshotBuilder(HEAD);
		new TableEmitter(builder, found, false).emit();
		const { entities }: Snapshot = builder.build();
		return { is: "table", entities, schema: found.schema, name: found.name };
	}

	enumLabels(name: Name): readonly string[] | null | undefined {
		const found = this.#session.catalog.type(name);
		if (found) return found.kind === "enum" ? found.labels.value : null;
		return this.#open() ? undefined : null;
	}

	hasSchema(name: string): boolean | undefined {
		if (name === "public" || this.#session.catalog.schemas.has(name)) return true;
		return this.#open() ? undefined : false;
	}

	#missing(): FollowedRelation {
		const why = this.#open();
		return why === undefined ? { is: "absent" } : { is: "unknown", why };
	}

	/** Why more may be there than the scripts say. */
	#open(): string | undefined {
		if (this.#session.mayCreate) return "what came before may have created it";
		return this.#session.presupposed.size > 0 ? "not all of the database is created here" : undefined;
	}
}
