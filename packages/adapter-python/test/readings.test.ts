import { describe, expect, it } from "vitest";
import { BASE, readOne, value } from "./helpers.js";

describe("columns with a foreign key", () => {
	it("take their type from there, whatever the annotation says", async () => {
		const snapshot = await readOne(`${BASE}
class Release(Base):
    __tablename__ = "releases"
    id: Mapped[int] = mapped_column(Uuid, primary_key=True)

class Finding(Base):
    __tablename__ = "findings"
    release_id: Mapped[str] = mapped_column(ForeignKey("releases.id"), primary_key=True)
`);
		expect(value(snapshot, "column:public.findings.release_id", "type")).toEqual({
			name: "uuid",
			dimensions: 0,
		});
	});
});

describe("a value that the program fills in", () => {
	it("is that of an INSERT: onupdate leaves an inserted row without one", async () => {
		const snapshot = await readOne(`${BASE}
class Event(Base):
    __tablename__ = "events"
    id: Mapped[str] = mapped_column(primary_key=True, default=make_id)
    touched: Mapped[datetime] = mapped_column(onupdate=func.now())
    both: Mapped[str] = mapped_column(default="new", onupdate="changed")
`);
		const filled = (column: string): unknown =>
			value(snapshot, `column:public.events.${column}`, "clientDefault");
		expect(["touched", "both"].map(filled)).toEqual([null, "'new'"]);
	});
});

describe("index elements", () => {
	it("split the order off a literal column", async () => {
		const snapshot = await readOne(`${BASE}
class Event(Base):
    __tablename__ = "events"
    __table_args__ = (Index("recent", "id", literal_column("at DESC")),)
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[int]
`);
		expect(value(snapshot, 'index:public.events."(id,at)"', "elements")).toEqual([
			{ canonical: "id", isExpression: false, order: "asc", nulls: "last" },
			{ canonical: "at", isExpression: false, order: "desc", nulls: "first" },
		]);
	});
});

describe("a starred target of a comprehension", () => {
	it("is Python, and takes what its neighbours leave", async () => {
		const snapshot = await readOne(`${BASE}
_SEED = [("small", 1, 2), ("large", 3, 4)]
_NAMES = [name for name, *_ in _SEED]
_LAST = [last for *_, last in _SEED]

class Size(Base):
    __tablename__ = "sizes"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Enum(*_NAMES, name="size"))
    step: Mapped[int] = mapped_column(server_default=str(_LAST[1]))
`);
		expect(snapshot.diagnostics).toEqual([]);
		expect(snapshot.gaps).toEqual([]);
		expect(value(snapshot, "enum:public.size", "labels")).toEqual(["small", "large"]);
		expect(value(snapshot, "column:public.sizes.step", "default")).toMatchObject({ is: "expression" });
	});
});
