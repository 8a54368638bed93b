import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { pythonAdapter } from "../src/index.js";
import { readProject } from "./helpers.js";

const DB = "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n";
const model = (name: string, from: string) => `from sqlalchemy import Column, Integer, String
from ${from} import Base

class ${name}(Base):
    __tablename__ = "${name.toLowerCase()}s"
    id = Column(Integer, primary_key=True)
`;

describe("what is one source", () => {
	it("is one base with all its files, named by their folder", async () => {
		const { sources } = await readProject({
			"backend/app/db.py": DB,
			"backend/app/models/__init__.py": "from .user import User\n",
			"backend/app/models/user.py": model("User", "app.db"),
			"backend/app/models/post.py": model("Post", "..db"),
		});
		expect(sources).toMatchObject([
			{
				id: "python:backend/app/models",
				role: "model",
				path: "backend/app/models",
				label: "SQLAlchemy models",
				files: ["backend/app/models/post.py", "backend/app/models/user.py"],
			},
		]);
	});

	it("is each copy of a models file of its own, with equal hashes", async () => {
		const copy = model("User", "database");
		const { sources, snapshots } = await readProject({
			"services/a/database.py": DB,
			"services/a/models.py": copy,
			"services/b/database.py": `${DB}engine = 1\n`,
			"services/b/models.py": copy,
		});
		expect(sources.map((source) => source.id)).toEqual([
			"python:services/a/models.py",
			"python:services/b/models.py",
		]);
		expect(snapshots[0]?.contentHash).toBe(snapshots[1]?.contentHash);
	});

	it("changes its hash with the constants and enums that it uses", async () => {
		const hash = async (size: number) => {
			const { snapshots } = await readProject({
				"app/__init__.py": "",
				"app/sizes.py": `SIZE = ${size}\n`,
				"app/models.py": `${DB}from sqlalchemy import *\nfrom .sizes import SIZE\nclass A(Base):\n    __tablename__ = "a"\n    id = Column(String(SIZE), primary_key=True)\n`,
			});
			return snapshots[0]?.contentHash;
		};
		expect(await hash(1)).not.toBe(await hash(2));
	});

	it("is one of two bases in one file, told apart by name", async () => {
		const { sources } = await readProject({
			"models.py": `from sqlalchemy import Column, Integer
from sqlalchemy.orm import DeclarativeBase
class Main(DeclarativeBase): pass
class Audit(DeclarativeBase): pass
class A(Main):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
class B(Audit):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
`,
		});
		expect(sources.map((source) => source.id).sort()).toEqual([
			"python:models.py#Audit",
			"python:models.py#Main",
		]);
	});

	it("splits SQLModel's one metadata, and bases outside of the repository, by project folder", async () => {
		const hero =
			"from sqlmodel import Field, SQLModel\nclass Hero(SQLModel, table=True):\n    id: int | None = Field(default=None, primary_key=True)\n";
		const shared =
			'from company_lib import Base\nfrom sqlalchemy import Column, Integer\nclass A(Base):\n    __tablename__ = "a"\n    id = Column(Integer, primary_key=True)\n';
		const { sources } = await readProject({
			"x/pyproject.toml": "",
			"x/app/heroes.py": hero,
			"x/app/shared.py": shared,
			"y/requirements.txt": "",
			"y/heroes.py": hero,
			"y/shared.py": shared,
		});
		expect(sources.map((source) => source.path).sort()).toEqual([
			"x/app/heroes.py",
			"x/app/shared.py",
			"y/heroes.py",
			"y/shared.py",
		]);
	});

	it("reads a source again from its descriptor alone", async () => {
		const project = await temporaryProject({ "app/db.py": DB, "app/user.py": model("User", "app.db") });
		const { files } = project;
		const { sources } = await pythonAdapter.discover({ files, matched: ["app/db.py", "app/user.py"] });
		const [source] = sources;
		if (!source) throw new Error("no source was found");
		const first = await pythonAdapter.read(source, { files });
		const again = await pythonAdapter.read(JSON.parse(JSON.stringify(source)), { files: { ...files } });
		expect(again).toEqual(first);
		await project.remove();
	});
});

describe("what is no source", () => {
	it("lists tests, installed packages and examples as skipped, and leaves revisions to Alembic's adapter", async () => {
		const { sources, skipped } = await readProject({
			"app/models.py": DB + model("User", "somewhere").replace("from somewhere import Base\n", ""),
			"tests/models.py": model("Fake", "app.models"),
			"app/test_models.py": model("Fake2", "app.models"),
			"docs/tutorial.py": model("Doc", "app.models"),
			"venv/lib/thing.py": model("Lib", "app.models"),
			"alembic/env.py": "from alembic import context\nimport sqlalchemy\n",
			"alembic/versions/1_x.py":
				'import sqlalchemy as sa\nrevision = "1"\ndown_revision = None\ndef upgrade():\n    op.create_table("x", sa.Column("id", sa.Integer))\n',
		});
		expect(sources.map((source) => source.id)).toEqual(["python:app/models.py"]);
		expect(skipped.map((each) => each.path).sort()).toEqual(["app/test_models.py", "docs", "tests", "venv"]);
	});

	it("leaves other ORMs and plain Python alone", async () => {
		const { sources, skipped } = await readProject({
			"shop/models.py":
				"from django.db import models\nclass A(models.Model):\n    sqlalchemy = models.CharField()\n",
			"tortoise.py":
				"from tortoise.models import Model\nclass B(Model):\n    class Meta:\n        table = 'sqlalchemy'\n",
			"peewee_models.py":
				"import peewee\nclass C(peewee.Model):\n    name = peewee.CharField()  # sqlalchemy\n",
			"schemas.py":
				"from pydantic import BaseModel\nfrom sqlalchemy import Column\nclass D(BaseModel):\n    x: int\n",
			"query.py": "from sqlalchemy import select, Column\nprint(Column('x'))\n",
		});
		expect(sources).toEqual([]);
		expect(skipped).toEqual([]);
	});

	it("skips models with an engine for SQLite, unless Postgres is spoken of", async () => {
		const text = (url: string) => `${DB}from sqlalchemy import Column, Integer, create_engine
engine = create_engine("${url}")
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
`;
		const lite = await readProject({ "models.py": text("sqlite:///app.db") });
		expect(lite.skipped).toEqual([{ path: "models.py", why: "models for SQLite, not for Postgres" }]);
		const full = await readProject({ "models.py": text("postgresql://localhost/app") });
		expect(full.sources).toHaveLength(1);
	});

	it("skips models for another database, unless the user names them", async () => {
		const text = `${DB}from sqlalchemy import Column
from sqlalchemy.dialects.mysql import BIGINT
class A(Base):
    __tablename__ = "a"
    id = Column(BIGINT(unsigned=True), primary_key=True)
`;
		const { sources, skipped } = await readProject({ "models.py": text });
		expect(sources).toEqual([]);
		expect(skipped).toEqual([{ path: "models.py", why: "models for MySQL, not for Postgres" }]);
		const project = await temporaryProject({ "models.py": text });
		const result = await pythonAdapter.discover({
			files: project.files,
			matched: ["models.py"],
			explicit: { path: "models.py", options: {} },
		});
		expect(result.sources).toHaveLength(1);
		await project.remove();
	});
});

describe("models within an Alembic environment", () => {
	const models = `from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base
Base = declarative_base()
class Item(Base):
    __tablename__ = "items"
    id = Column(Integer, primary_key=True)
`;
	const found = async (env: string) => {
		const project = await temporaryProject({
			"db/env.py": env,
			"db/versions/a.py": "revision = 'a'\ndown_revision = None\n",
			"db/old_models.py": models,
			"app/models.py": models,
		});
		try {
			const { files } = project;
			const { sources, skipped } = await pythonAdapter.discover({ files, matched: files.paths() });
			return [sources.map(({ path }) => path), skipped.map(({ path }) => path)];
		} finally {
			await project.remove();
		}
	};

	it("are what its revisions saw", async () => {
		expect(await found("from alembic import context\nfrom app.models import Base\n")).toEqual([
			["app/models.py"],
			["db/old_models.py"],
		]);
	});

	it("are the application's where env.py names them", async () => {
		expect(await found("from alembic import context\nfrom db.old_models import Base\n")).toEqual([
			["app/models.py", "db/old_models.py"],
			[],
		]);
	});
});
