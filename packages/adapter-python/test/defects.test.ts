import { describe, expect, it } from "vitest";
import { BASE, entity, fact, readOne, readProject, value } from "./helpers.js";

describe("what SQLAlchemy or Python refuses", () => {
	it("reports a Prisma attribute pasted into a class, and reads the rest of the file", async () => {
		const snapshot = await readOne(`${BASE}
class Before(Base):
    __tablename__ = "before"
    id = Column(Integer, primary_key=True)

class Broken(Base):
    __tablename__ = "broken"
    id = Column(Integer, primary_key=True)
    name = Column(String(20))

    @@index([name])

class After(Base):
    __tablename__ = "after"
    id = Column(Integer, primary_key=True)
    label = Column(Text)
`);
		expect(snapshot.diagnostics).toMatchObject([
			{ code: "model-rejected", severity: "critical", at: { line: 17 }, address: "table:public.broken" },
		]);
		expect(snapshot.diagnostics[0]?.message).toContain("@@index([name])");
		expect(value(snapshot, "column:public.broken.name", "type")).toMatchObject({ args: [20] });
		expect(entity(snapshot, "column:public.after.label")).toBeDefined();
		expect(entity(snapshot, "table:public.before")).toBeDefined();
		expect(snapshot.gaps).toMatchObject([{ under: "table:public.broken", at: { line: 17 } }]);
	});

	it("reports several broken lines in several classes", async () => {
		const snapshot = await readOne(`${BASE}
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    @@index([id])
    @@map("a")

class B(Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
    @@unique([id])
`);
		expect(snapshot.diagnostics.map((each) => each.at.line)).toEqual([11, 12, 17]);
		expect(entity(snapshot, "column:public.b.id")).toBeDefined();
	});

	it("takes valid Python that its grammar does not know for what it is", async () => {
		const snapshot = await readOne(`${BASE}
LIMIT = 20.
generator = (lambda: (yield))
with (open("a") as a, open("b") as b):
    pass
\f
class A[T](Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)

    def each(self):
        yield
        async with x() as (a, b):
            print(1.)
`);
		expect(snapshot.diagnostics).toEqual([]);
		expect(entity(snapshot, "column:public.a.id")).toBeDefined();
	});

	it("reports the reserved attribute metadata, and takes the renamed attribute for a column", async () => {
		const snapshot = await readOne(`${BASE}
class Good(Base):
    __tablename__ = "good"
    id = Column(Integer, primary_key=True)
    meta = Column("metadata", JSON)

class Bad(Base):
    __tablename__ = "bad"
    id = Column(Integer, primary_key=True)
    metadata = Column(JSON)
`);
		expect(snapshot.diagnostics).toMatchObject([
			{ code: "model-rejected", severity: "critical", at: { line: 16 }, address: "table:public.bad" },
		]);
		expect(entity(snapshot, "column:public.good.metadata").alias).toBe("meta");
	});

	it("maps a column attribute named registry, of which SQLAlchemy only warns", async () => {
		const snapshot = await readOne(`${BASE}
class Image(Base):
    __tablename__ = "images"
    id = Column(Integer, primary_key=True)
    registry = Column("registry", String, nullable=False)
`);
		expect(snapshot.diagnostics).toEqual([]);
		expect(entity(snapshot, "column:public.images.registry")).toBeDefined();
	});

	it("reports a table that is mapped twice on one base, and keeps the first definition", async () => {
		const snapshot = await readOne(`${BASE}
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)

class Again(Base):
    __tablename__ = "a"
    key = Column(String, primary_key=True)
`);
		expect(snapshot.diagnostics).toMatchObject([
			{ code: "model-rejected", severity: "critical", at: { line: 12 }, related: [{ at: { line: 8 } }] },
		]);
		expect(snapshot.entities.filter((each) => each.kind === "column")).toHaveLength(1);
	});

	it("adds to a table with extend_existing", async () => {
		const snapshot = await readOne(`${BASE}
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)

class Again(Base):
    __tablename__ = "a"
    __table_args__ = {"extend_existing": True}
    id = Column(BigInteger, primary_key=True)
    more = Column(Text)
`);
		expect(snapshot.diagnostics).toEqual([]);
		expect(value(snapshot, "column:public.a.id", "type")).toMatchObject({ name: "bigint" });
		expect(entity(snapshot, "column:public.a.more")).toBeDefined();
	});

	it("makes sources of their own of files that map the same tables and are never loaded together", async () => {
		const model = (key: string) => `from .db import Base
from sqlalchemy import Column, ${key}
class A(Base):
    __tablename__ = "a"
    id = Column(${key}, primary_key=True)
`;
		const { sources, snapshots } = await readProject({
			"app/__init__.py": "",
			"app/db.py": "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n",
			"app/models.py": model("Integer"),
			"app/models_old.py": model("String"),
		});
		expect(sources.map((source) => source.id)).toEqual(["python:app/models.py", "python:app/models_old.py"]);
		expect(snapshots.flatMap((snapshot) => snapshot.diagnostics)).toEqual([]);
	});
});

describe("what cannot be known statically", () => {
	it("is unknown with its line", async () => {
		const snapshot = await readOne(`import os
${BASE}
SIZE = int(os.environ["SIZE"])

class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    sized = Column(String(SIZE))
    typed = Column(somewhere.make_type())
    flagged = Column(Integer, nullable=os.getenv("X"))
    defaulted = Column(Integer, server_default=os.getenv("X"))
    fetched = Column(Integer, server_default=FetchedValue())
    plain = Column(Integer, server_default=5)
`);
		expect(fact(snapshot, "column:public.a.sized", "type")).toMatchObject({
			unknown: expect.any(String),
			at: { line: 14 },
		});
		expect(fact(snapshot, "column:public.a.typed", "type")).toMatchObject({
			unknown: expect.any(String),
			at: { line: 15 },
		});
		expect(fact(snapshot, "column:public.a.flagged", "nullable")).toMatchObject({
			unknown: expect.any(String),
		});
		expect(fact(snapshot, "column:public.a.defaulted", "default")).toMatchObject({
			unknown: expect.any(String),
		});
		expect(fact(snapshot, "column:public.a.fetched", "default")).toMatchObject({
			unknown: expect.any(String),
		});
		expect(fact(snapshot, "column:public.a.plain", "default")).toMatchObject({ unknown: expect.any(String) });
	});

	it("is a gap where a table's name or a base class is not known", async () => {
		const snapshot = await readOne(`from some_library import AccountTable
${BASE}
class Nameless(Base):
    __tablename__ = compute()
    id = Column(Integer, primary_key=True)

class User(AccountTable, Base):
    __tablename__ = "users"
    nick = Column(Text)
`);
		expect(snapshot.gaps).toMatchObject([
			{ under: "*", kinds: ["table"], at: { line: 10 } },
			{ under: "table:public.users", why: expect.stringContaining("AccountTable") },
		]);
		expect(snapshot.gaps[1]?.kinds).toContain("column");
		expect(entity(snapshot, "column:public.users.nick")).toBeDefined();
	});

	it("depends on a condition unless both branches agree", async () => {
		const snapshot = await readOne(`import os
${BASE}
if os.getenv("BIG"):
    Key = BigInteger
    Same = Text
else:
    Key = Integer
    Same = Text
if False:
    Dead = Text
else:
    Dead = Date
try:
    from missing import Fancy
except ImportError:
    Fancy = None

class A(Base):
    __tablename__ = "a"
    id = Column(Key, primary_key=True)
    same = Column(Same)
    dead = Column(Dead)
`);
		expect(fact(snapshot, "column:public.a.id", "type")).toMatchObject({
			unknown: expect.stringContaining("condition"),
		});
		expect(value(snapshot, "column:public.a.same", "type")).toMatchObject({ name: "text" });
		expect(value(snapshot, "column:public.a.dead", "type")).toMatchObject({ name: "date" });
	});

	it("says that a list changed in a loop is not known", async () => {
		const snapshot = await readOne(`${BASE}
LABELS = ["a"]
for extra in load():
    LABELS.append(extra)

class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    kind = Column(Enum(*LABELS, name="kinds"))

for name in load():
    class Made(Base):
        __tablename__ = name
        id = Column(Integer, primary_key=True)
`);
		expect(fact(snapshot, "enum:public.kinds", "labels")).toMatchObject({ unknown: expect.any(String) });
		expect(snapshot.gaps).toMatchObject([{ under: "*", why: expect.stringContaining("made in a loop") }]);
	});
});
