import { describe, expect, it } from "vitest";
import { impliedBy, SnapshotBuilder, snapshotHead, stated, unknown } from "../src/index.js";

const source = {
	id: "toy:a.txt",
	adapter: "toy",
	role: "model",
	path: "a.txt",
	files: ["a.txt"],
	label: "Toy",
	options: {},
} as const;
const capabilities = { kinds: { table: "partial" }, aspects: {} } as const;
const at = { file: "a.txt", line: 1 };

describe("the builder of snapshots", () => {
	it("begins with what the source's descriptor tells", () => {
		const snapshot = new SnapshotBuilder(snapshotHead(source, capabilities)).build();
		expect(snapshot).toMatchObject({ source: "toy:a.txt", adapter: "toy", role: "model", path: "a.txt" });
	});

	it("keeps the name that the program uses only where it is another", () => {
		const builder = new SnapshotBuilder(snapshotHead(source, capabilities));
		builder.table({ schema: "public", table: "users" }, at, {}, "User");
		builder.table({ schema: "public", table: "orders" }, at, {}, "orders");
		const aliases = builder.build().entities.map(({ address, alias }) => [address, alias]);
		expect(aliases).toEqual([
			["table:public.orders", undefined],
			["table:public.users", "User"],
		]);
	});

	it("makes only what has a value a rule's", () => {
		expect(impliedBy(stated("cascade"), "a rule")).toEqual({ value: "cascade", implied: "a rule" });
		expect(impliedBy(unknown("why"), "a rule")).toEqual({ unknown: "why" });
		expect(impliedBy(undefined, "a rule")).toBeUndefined();
	});
});
