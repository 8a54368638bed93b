/** Window frames: the grammar's option bits as text (Postgres's parsenodes.h, FRAMEOPTION_…). */
import type { ExpressionNode, WindowNode } from "@schemalign/core";
import type { Node, WindowDef } from "libpg-query";

const NON_DEFAULT = 0x1;
const MODES: readonly (readonly [number, string])[] = [
	[0x2, "RANGE"],
	[0x4, "ROWS"],
	[0x8, "GROUPS"],
];
const BETWEEN = 0x10;
const STARTS: readonly (readonly [number, string])[] = [
	[0x20, "UNBOUNDED PRECEDING"],
	[0x80, "UNBOUNDED FOLLOWING"],
	[0x200, "CURRENT ROW"],
	[0x800, "? PRECEDING"],
	[0x2000, "? FOLLOWING"],
];
const ENDS: readonly (readonly [number, string])[] = STARTS.map(([bit, text]) => [bit << 1, text]);
const EXCLUSIONS: readonly (readonly [number, string])[] = [
	[0x8000, " EXCLUDE CURRENT ROW"],
	[0x10000, " EXCLUDE GROUP"],
	[0x20000, " EXCLUDE TIES"],
];

/** The frame clause, if there is one that is not the default. */
export function frameOf(node: WindowDef, convert: (node: Node) => ExpressionNode): WindowNode["frame"] {
	const options = node.frameOptions ?? 0;
	if ((options & NON_DEFAULT) === 0) return undefined;
	const pick = (table: readonly (readonly [number, string])[]) =>
		table.find(([bit]) => (options & bit) !== 0)?.[1] ?? "";
	const range = (options & BETWEEN) !== 0 ? `BETWEEN ${pick(STARTS)} AND ${pick(ENDS)}` : pick(STARTS);
	const bounds = [node.startOffset, node.endOffset].filter((bound) => bound !== undefined).map(convert);
	return { label: `${pick(MODES)} ${range}${pick(EXCLUSIONS)}`, bounds };
}
