/** The adapter of docs/writing-an-adapter.md, and ways to break it. */
import {
	ADAPTER_CONTRACT,
	type Adapter,
	type DiscoveryInput,
	type DiscoveryResult,
	type Entity,
	makeType,
	type ReadContext,
	type Snapshot,
	SnapshotBuilder,
	type SourceDescriptor,
	stated,
} from "@schemalign/core";

/** A line is a table, `users`, or a column with its type, `users id uuid`. */
const LINE = /^(\w+)(?: (\w+) (\w+))?$/;

export const toy: Adapter = {
	name: "listing",
	contract: ADAPTER_CONTRACT,
	capabilities: {
		kinds: { table: "partial", column: "complete" },
		aspects: { "column.type": "complete", "column.default": "none", "column.comment": "none" },
	},
	interests: [{ path: /\.tables\.txt$/ }],

	async discover({ matched }) {
		const sources = matched.map((path) => ({
			id: `listing:${path}`,
			adapter: "listing",
			role: "model" as const,
			path,
			files: [path],
			label: "Table listing",
			options: {},
		}));
		return { sources, skipped: [] };
	},

	read: (source, { files }) => readListing(source, () => files.read(fileOf(source))),
};

/** The one file of a source. */
export function fileOf(source: SourceDescriptor): string {
	return source.files[0] ?? source.path;
}

/** Reads the listing that `load` gives. */
export async function readListing(source: SourceDescriptor, load: () => Promise<string>): Promise<Snapshot> {
	const { id, adapter, role, path } = source;
	const builder = new SnapshotBuilder({
		source: id,
		adapter,
		role,
		path,
		capabilities: toy.capabilities,
	});
	const text = await load().catch((error: Error) => {
		builder.gap({ under: "*", kinds: [], why: error.message });
		return "";
	});
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		if (line === "") continue;
		const at = { file: fileOf(source), line: index + 1 };
		const [, table, column, type] = LINE.exec(line) ?? [];
		if (!table) builder.gap({ under: "*", kinds: [], why: "the line is no table and no column", at });
		else if (!column || !type) builder.table({ schema: "public", table }, at);
		else builder.column({ schema: "public", table }, column, at, { type: stated(makeType(type)) });
	}
	return builder.build();
}

export const fixture = {
	name: "two listings",
	files: {
		"db/shop.tables.txt": "users\nusers id uuid\n\norders\norders id bigint\n",
		"db/staff.tables.txt": "staff\nstaff name text\n",
	},
	tables: ["public.users", "public.orders", "public.staff"],
};

type Edit = (
	snapshot: Snapshot,
	context: ReadContext,
	source: SourceDescriptor,
) => Snapshot | Promise<Snapshot>;

/** The toy, whose snapshots are then edited. */
export function withSnapshot(edit: Edit): Adapter {
	const read = async (source: SourceDescriptor, context: ReadContext) =>
		edit(await toy.read(source, context), context, source);
	return { ...toy, read };
}

/** The toy, each of whose entities is then edited. */
export function withEntity(edit: (entity: Entity) => Entity): Adapter {
	return withSnapshot((snapshot) => ({ ...snapshot, entities: snapshot.entities.map(edit) }));
}

/** The toy, whose discovery is then edited. */
export function withDiscovery(
	edit: (result: DiscoveryResult, input: DiscoveryInput) => DiscoveryResult,
): Adapter {
	return { ...toy, discover: async (input) => edit(await toy.discover(input), input) };
}

/** The toy, each of whose sources is then edited. */
export function withSource(edit: (source: SourceDescriptor) => SourceDescriptor): Adapter {
	return withDiscovery((result) => ({ ...result, sources: result.sources.map(edit) }));
}
