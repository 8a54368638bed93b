/** Interprets SQL scripts, in their order, as the making of one database. */
import { type Snapshot, SnapshotBuilder, type SnapshotHead } from "@schemalign/core";
import { breathing } from "./breath.js";
import { emitCatalog } from "./emit/emit.js";
import { interpret } from "./interpret/dispatch.js";
import { Forecast } from "./interpret/forecast.js";
import { unparsed } from "./interpret/rejected.js";
import { doubted, type ReadScript, reportSession, unread } from "./interpret/report.js";
import { Session } from "./interpret/session.js";
import { resetSettings } from "./interpret/settings.js";
import { loadParser } from "./parser.js";
import { ScriptReader } from "./script/read.js";

/** One file of SQL. */
export interface Script {
	/** Relative path with forward slashes: the file of every origin. */
	readonly file: string;
	readonly text: string;
	/** Why it is only known at run time whether the script runs at all; then what it would change becomes gaps. */
	readonly uncertain?: string;
}

export interface ReadScriptsInput {
	readonly head: SnapshotHead;
	/** In the order in which they run. */
	readonly scripts: readonly Script[];
}

/**
 * What the database holds after `scripts` ran in their order on an empty one. Nothing is executed. Never throws for bad
 * input: what Postgres would reject is a diagnostic, what cannot be known statically an unknown fact or a gap.
 */
export async function readScripts(input: ReadScriptsInput): Promise<Snapshot> {
	const parser = await loadParser();
	const reader = new ScriptReader(parser);
	const breathe = breathing();
	const scripts: ReadScript[] = [];
	for (const { file, text, uncertain } of input.scripts) {
		scripts.push({ file, items: reader.read(file, text), ...(uncertain === undefined ? {} : { uncertain }) });
		await breathe();
	}
	const statements = scripts.flatMap(({ items }) =>
		items.flatMap((item) => (item.is === "statement" ? [item.statement] : [])),
	);
	const session = new Session(parser, new Forecast(statements));
	for (const { items, uncertain: doubt } of scripts) {
		resetSettings(session);
		for (const item of items) {
			if (doubt !== undefined) doubted(session, item, doubt);
			else if (item.is === "statement") interpret(session, item.statement);
			else if (item.is === "rejected") unparsed(session, item.sql, item.failure.message, item.at);
			else unread(session, item);
			await breathe();
		}
	}
	const builder = new SnapshotBuilder(input.head);
	reportSession(builder, session, scripts);
	emitCatalog(builder, session.catalog, session.gaps);
	return builder.build();
}
