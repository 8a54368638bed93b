/**
 * Runs the SQL of a project in a real Postgres and prints where the static reading differs from the catalog.
 *   npx tsx --conditions=source packages/adapter-sql/oracle/replay.ts <folder> [<source's path>…]
 * Every source that adapter-sql finds (or those named) is read and replayed file by file, in the embedded Postgres unless
 * ORACLE_POSTGRES_URL names a server. Schemas and roles that something else than the scripts makes are made for them, and
 * said so. Nothing of the project is written anywhere.
 */
import type { Snapshot, SourceDescriptor } from "@schemalign/core";
import { diskFiles } from "@schemalign/testkit";
import { type ExpressionReader, loadExpressions, sqlAdapter } from "../src/index.js";
import { upSection } from "../src/script/sections.js";
import { readCatalog } from "./catalog/read.js";
import { comparable, differences } from "./compare.js";
import { type Engine, type Failure, openEmbedded, openServer, run, SERVER } from "./engines.js";

const [root, ...wanted] = process.argv.slice(2);
if (root === undefined) {
	console.error("usage: replay.ts <folder> [<source's path>…]");
	process.exit(2);
}
const files = await diskFiles(root);
const matched = files
	.paths()
	.filter((path) => sqlAdapter.interests.some((interest) => interest.path.test(path)));
const { sources } =
	wanted.length === 0
		? await sqlAdapter.discover({ files, matched })
		: {
				sources: (
					await Promise.all(
						wanted.map((path) => sqlAdapter.discover({ files, matched, explicit: { path, options: {} } })),
					)
				).flatMap((found) => found.sources),
			};
const url = process.env[SERVER];
const engine = url ? await openServer(url) : await openEmbedded();
const expressions = await loadExpressions();
for (const source of sources) await replay(source, engine, expressions);
await engine.close();

async function replay(source: SourceDescriptor, server: Engine, reader: ExpressionReader): Promise<void> {
	const snapshot = await sqlAdapter.read(source, { files });
	const claims = snapshot.diagnostics.map(({ message }) => message).join("\n");
	const provided = new Set<string>();
	let failures = await runAll(source, server, provided);
	for (let missing = missingIn(failures, claims); missing.some((name) => !provided.has(name)); ) {
		for (const name of missing) provided.add(name);
		failures = await runAll(source, server, provided);
		missing = missingIn(failures, claims);
	}
	const [read, catalog] = comparable(snapshot, await readCatalog(server.query, reader));
	for (const what of provided) Reflect.deleteProperty(catalog, what.replace(/^schema "(.+)"$/, "schema:$1"));
	const lines = differences(read, catalog);
	console.log(
		`\n== ${source.id} (${source.label}, ${source.files.length} files) in ${server.name}: ${Object.keys(catalog).length} objects, ${lines.length} differences, ${failures.length} statements rejected, ${snapshot.gaps.length} gaps`,
	);
	if (provided.size > 0) console.log(`  made for it: ${[...provided].join(", ")}`);
	for (const line of lines) console.log(`  ${line}`);
	report(snapshot, failures);
}

type FileFailure = Failure & { readonly file: string };

/** Runs the files of a source in an empty database in which there is what `provided` names. */
async function runAll(
	source: SourceDescriptor,
	server: Engine,
	provided: ReadonlySet<string>,
): Promise<FileFailure[]> {
	const failures: FileFailure[] = [];
	await server.reset();
	for (const what of provided) await server.exec(`CREATE ${what}`);
	for (const file of source.files) {
		await server.exec("RESET ALL");
		const text = upSection(await files.read(file).catch(() => ""));
		failures.push(...(await run(server, text)).map((failure) => ({ ...failure, file })));
		await server.exec("ROLLBACK");
	}
	// What asks for a transaction gets it from the tool that runs the file.
	return failures.filter(({ message }) => !message.endsWith("can only be used in transaction blocks"));
}

/** The schemas and roles that Postgres misses and the reading does not: `schema "x"`, `role "x"`. */
function missingIn(failures: readonly Failure[], claims: string): string[] {
	return failures.flatMap(({ message }) => {
		const what = /^((?:schema|role) ".+") does not exist$/.exec(message)?.[1];
		return what === undefined || claims.includes(message) ? [] : [what];
	});
}

/** Statements that only one of the two rejects. */
function report(snapshot: Snapshot, failures: readonly FileFailure[]): void {
	const claimed = snapshot.diagnostics
		.filter(({ code }) => code === "definition-cannot-run")
		.flatMap(({ at, message, related = [] }) => [
			{ ...at, message },
			...related
				.filter(({ note }) => note.startsWith("fails too"))
				.map((one) => ({ ...one.at, message: one.note })),
		]);
	console.log(`  rejected: ${failures.length} by Postgres, ${claimed.length} by the reading`);
	for (const { file, line, message } of failures) console.log(`    Postgres ${file}:${line} ${message}`);
	for (const { file, line, message } of claimed) console.log(`    read     ${file}:${line} ${message}`);
	for (const { under, at, why } of snapshot.gaps)
		console.log(`    gap ${at?.file}:${at?.line} ${under} ${why}`);
}
