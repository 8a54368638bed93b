/** Adapters that break one rule each, and what the suite says of them. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Adapter, type Coverage, type Diagnostic, FileProblem } from "@schemalign/core";
import { fileOf, readListing, toy, withDiscovery, withEntity, withSnapshot, withSource } from "./toy.js";

const TABLES = "finds the tables";
const SHAPE = "documented shape";
const CAPABILITIES = "declares complete";
const ORIGINS = "names a line";
const ORDER = "order in which";
const FOLDER = "folder that";
const LINE_ENDS = "line ends";
const NAMED = "user names the path";
const UNTOUCHED = "leaves the project";
const UNREADABLE = "cannot be read";
const BROKEN = "broken on disk";

let reads = 0;

/** What is broken, the adapter, the checks that must fail (the first is the one it is about), and what that one says. */
export const MUTANTS: readonly (readonly [string, Adapter, readonly string[], RegExp])[] = [
	["another contract", Object.assign({}, toy, { contract: 99 }), ["contract"], /contract 99/],
	[
		"a table that is left out",
		withSnapshot((snapshot) => ({
			...snapshot,
			entities: snapshot.entities.filter((entity) => entity.address !== "table:public.orders"),
		})),
		[TABLES],
		/expected the tables public.orders, public.staff, public.users; it states public.staff, public.users/,
	],
	[
		"a diagnostic without a proper code",
		withSnapshot((snapshot) => ({ ...snapshot, diagnostics: [shouting(snapshot.path)] })),
		[SHAPE, UNREADABLE, BROKEN],
		/not valid.*code/s,
	],
	[
		"another adapter's source",
		withSource((one) => ({ ...one, adapter: "x" })),
		[SHAPE, UNREADABLE, BROKEN],
		/adapter x/,
	],
	[
		"another role",
		withSnapshot((one) => ({ ...one, role: "usage" })),
		[SHAPE, UNREADABLE, BROKEN],
		/snapshot usage/,
	],
	[
		"one id for all",
		withSource((one) => ({ ...one, id: "listing" })),
		[SHAPE, ORDER, UNREADABLE, BROKEN],
		/one id/,
	],
	["no label", withSource((one) => ({ ...one, label: "" })), [SHAPE], /no id or label/],
	[
		"a source without a place",
		withSource((one) => ({ ...one, path: "db/x" })),
		[SHAPE, NAMED],
		/no file or folder/,
	],
	[
		"a file that is not there",
		withSource((one) => ({ ...one, files: [...one.files, "db/x"] })),
		[SHAPE],
		/does not exist/,
	],
	[
		"options that are no data",
		withSource((one) => ({ ...one, options: { size: Number.NaN } })),
		[SHAPE],
		/no plain data/,
	],
	[
		"one hash for two texts",
		withSnapshot((snapshot) => ({ ...snapshot, contentHash: "0" })),
		[SHAPE],
		/one content hash/,
	],
	[
		"an address of another kind",
		withEntity((one) => ({ ...one, address: one.address.replace("column:", "index:") })),
		[SHAPE, UNREADABLE, BROKEN],
		/is the address of a column/,
	],
	[
		"silence on what is declared complete",
		withEntity((one) => ({ ...one, facts: {} })),
		[CAPABILITIES],
		/column.type complete and is silent/,
	],
	[
		"a fact that is declared none",
		withFact("comment", "hello"),
		[CAPABILITIES],
		/column.comment none and states it/,
	],
	["a fact that there is none of", withFact("colour", "red"), [CAPABILITIES], /no aspect column.colour/],
	[
		"a kind that is not declared",
		declaring({ column: "complete" }, {}),
		[CAPABILITIES],
		/no table and states/,
	],
	[
		"a kind that there is none of",
		declaring({ shelf: "none" }, {}),
		[CAPABILITIES],
		/shelf, which is no kind/,
	],
	[
		"an aspect that there is none of",
		declaring({}, { "table.x": "none" }),
		[CAPABILITIES],
		/table.x, which is no aspect/,
	],
	[
		"an aspect of a kind that is not declared",
		declaring({}, { "view.comment": "partial" }),
		[CAPABILITIES],
		/but no view/,
	],
	[
		"lines counted from 0",
		withEntity((one) => ({ ...one, at: { ...one.at, line: Math.max(1, one.at.line - 1) } })),
		[ORIGINS],
		/is said to stand in/,
	],
	[
		"a fact's line beyond the file",
		withSnapshot((snapshot) => ({
			...snapshot,
			gaps: [...snapshot.gaps, { under: "*", kinds: [], why: "", at: { file: snapshot.path, line: 9 } }],
		})),
		[ORIGINS, BROKEN],
		/has no line 9/,
	],
	[
		"a file of no project",
		withSnapshot((snapshot) => ({
			...snapshot,
			gaps: [...snapshot.gaps, { under: "*", kinds: [], why: "", at: { file: "x", line: 1 } }],
		})),
		[ORIGINS, BROKEN],
		/there is no file x/,
	],
	[
		"what is listed first",
		withSnapshot((snapshot, { files }) => ({
			...snapshot,
			contentHash: `${snapshot.source} ${files.paths()[0]}`,
		})),
		[ORDER],
		/reverse order/,
	],
	[
		"something new each time",
		withSnapshot((snapshot) => ({ ...snapshot, contentHash: String(reads++) })),
		[ORDER, FOLDER],
		/reading twice/,
	],
	[
		"the absolute path",
		withSnapshot((snapshot, { files }) => ({ ...snapshot, contentHash: files.root + snapshot.source })),
		[FOLDER],
		/names the project's folder/,
	],
	[
		"line feeds only",
		{
			...toy,
			read: (source, { files }) =>
				readListing(source, async () => (await files.read(source.path)).replaceAll("\r\n", "\n\n")),
		},
		[LINE_ENDS],
		/Windows line ends/,
	],
	[
		"carriage returns kept",
		{
			...toy,
			read: (source, { files }) =>
				readListing(source, async () => (await files.read(source.path)).replaceAll("\r", "x")),
		},
		[LINE_ENDS],
		/Windows line ends/,
	],
	[
		"deaf to what the user names",
		withDiscovery((result, { explicit }) => (explicit ? { ...result, sources: [] } : result)),
		[NAMED],
		/not when the user names it/,
	],
	[
		"less of what the user names",
		{
			...withSnapshot((snapshot, _context, source) =>
				source.label === "named" ? { ...snapshot, entities: [] } : snapshot,
			),
			discover: withDiscovery((result, { explicit }) => ({
				...result,
				sources: result.sources.map((one) => (explicit ? { ...one, label: "named" } : one)),
			})).discover,
		},
		[NAMED],
		/named by the user/,
	],
	[
		"a file of its own",
		withSnapshot(async (snapshot, { files }) => {
			await writeFile(join(files.root, "cache.txt"), "");
			return snapshot;
		}),
		[UNTOUCHED],
		/there are cache.txt/,
	],
	[
		"another text",
		withSnapshot(async (snapshot, { files }) => {
			await writeFile(join(files.root, "db/staff.tables.txt"), "staff\nstaff name text\n\n");
			return snapshot;
		}),
		[UNTOUCHED],
		/it changes db/,
	],
	[
		"silence on what it may not read",
		reading((error) => (error.reason === "permission" ? "" : undefined)),
		[UNREADABLE],
		/no gap, diagnostic or skipped file says so/,
	],
	[
		"a crash on what it may not read",
		reading((error) => {
			if (error.reason === "permission") throw new Error("EACCES");
			return undefined;
		}),
		[UNREADABLE],
		/it throws EACCES/,
	],
	[
		"silence on what is broken, read past the interface",
		{
			...toy,
			read: (source, { files }) =>
				readListing(source, async () => wellFormed(await readFile(join(files.root, source.path), "utf8"))),
		},
		[BROKEN],
		/is garbled, and no gap/,
	],
	[
		"a crash on an empty file",
		withSnapshot((snapshot) => {
			if (snapshot.entities.length + snapshot.gaps.length === 0) throw new Error("nothing");
			return snapshot;
		}),
		[BROKEN],
		/is empty: it throws nothing/,
	],
];

function shouting(file: string): Diagnostic {
	return { code: "Not A Code", severity: "low", message: "", at: { file, line: 1 } };
}

/** The toy, whose columns have one more fact. */
function withFact(aspect: string, value: string): Adapter {
	return withEntity((entity) =>
		entity.kind === "column"
			? { ...entity, facts: { ...entity.facts, [aspect]: { value, at: entity.at } } }
			: entity,
	);
}

/** The toy, whose snapshots declare these kinds, if any, and more aspects. */
function declaring(
	kinds: Readonly<Record<string, Coverage>>,
	aspects: Readonly<Record<string, Coverage>>,
): Adapter {
	return withSnapshot((snapshot) => {
		const { capabilities } = snapshot;
		const some = Object.keys(kinds).length > 0 ? kinds : capabilities.kinds;
		return {
			...snapshot,
			capabilities: { kinds: { ...some }, aspects: { ...capabilities.aspects, ...aspects } },
		};
	});
}

/** The toy, which meets files that it may not read in its own way: with a text, or with `undefined` in the right way. */
function reading(instead: (error: FileProblem) => string | undefined): Adapter {
	return {
		...toy,
		read: async (source, { files }) => {
			let text: string | undefined;
			try {
				text = await files.read(fileOf(source));
			} catch (error) {
				if (error instanceof FileProblem) text = instead(error);
			}
			return readListing(source, async () => text ?? files.read(fileOf(source)));
		},
	};
}

/** The lines that are well formed. */
function wellFormed(text: string): string {
	return text
		.split(/\r?\n/)
		.map((line) => (/^[\w ]*$/.test(line) ? line : ""))
		.join("\n");
}
