/** The tables and enums that Prisma's configuration calls external: Prisma maps them and leaves them to somebody else. */
import { formatAddress, type Gap, type SourceDescriptor } from "@schemalign/core";
import { z } from "zod";
import type { Filters } from "../engine/protocol.js";

const externalSchema = z.object({
	external: z.object({ tables: z.array(z.string()), enums: z.array(z.string()), file: z.string() }),
});

/** What the source's configuration calls external, for the engine and as gaps. */
export function externalOf(source: SourceDescriptor): { filters: Filters; gaps: readonly Gap[] } {
	const parsed = externalSchema.safeParse(source.options);
	const { tables, enums, file } = parsed.success
		? parsed.data.external
		: { tables: [], enums: [], file: source.path };
	const gap = (kind: "table" | "enum", name: string): Gap => {
		const [first = "", ...rest] = name.split(".");
		const parts = rest.length === 0 ? ["public", first] : [first, rest.join(".")];
		return {
			under: formatAddress(kind, ...parts),
			kinds: [],
			why: `${file} lists it as external: Prisma neither creates nor checks it, and its model may leave columns out`,
			at: { file, line: 1 },
		};
	};
	return {
		filters: { externalTables: tables, externalEnums: enums },
		gaps: [...tables.map((name) => gap("table", name)), ...enums.map((name) => gap("enum", name))],
	};
}
