/** Which driver a project uses decides how its values reach Postgres. */
import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { findBindings } from "../src/discover/drivers.js";

async function bindingOf(texts: Record<string, string>, file = "app/models.py") {
	const project = await temporaryProject({ "app/models.py": "", ...texts });
	try {
		return (await findBindings(project.files))(file);
	} finally {
		await project.remove();
	}
}

const ASYNCPG = { values: "typed", enums: "typed", driver: "asyncpg" };
const PSYCOPG = { values: "typed", enums: "inferred", driver: "psycopg 3" };
const PSYCOPG2 = { values: "literal", enums: "inferred", driver: "psycopg2" };

describe("the driver of a project", () => {
	it.each([
		["requirements.txt", "sqlalchemy==2.0.1\nasyncpg==0.30.0\n", ASYNCPG],
		["requirements/main.in", "psycopg[binary]\n", PSYCOPG],
		["requirements.txt", "psycopg2-binary==2.9.10  # wheels\n", PSYCOPG2],
		["pyproject.toml", '[project]\ndependencies = ["psycopg2>=2.9", "sqlalchemy"]\n', PSYCOPG2],
		[
			"pyproject.toml",
			'[tool.poetry.dependencies]\npsycopg = {extras = ["binary"], version = "^3.1"}\n',
			PSYCOPG,
		],
		["Pipfile", '[packages]\npg8000 = "*"\n', { values: "typed", enums: "inferred", driver: "pg8000" }],
		[".env.example", "DATABASE_URL=postgresql+asyncpg://u:p@localhost/app\n", ASYNCPG],
		["alembic.ini", "sqlalchemy.url = postgresql+psycopg2://u:p@localhost/app\n", PSYCOPG2],
		["app/database.py", 'engine = create_engine("postgresql+psycopg://u@h/app")\n', PSYCOPG],
		["requirements.txt", "types-psycopg2\nopentelemetry-instrumentation-asyncpg\naiopg\n", undefined],
		["requirements.txt", "sqlalchemy\n", undefined],
	])("%s: %j", async (path, text, binding) => {
		expect(await bindingOf({ [path]: text })).toEqual(binding);
	});

	it("is that of the nearest folder that names one", async () => {
		const texts = { "a/requirements.txt": "psycopg2\n", "requirements.txt": "asyncpg\n" };
		expect(await bindingOf(texts, "a/src/models.py")).toEqual(PSYCOPG2);
		expect(await bindingOf(texts, "b/src/models.py")).toEqual(ASYNCPG);
	});

	it("of two is the one that types its parameters", async () => {
		expect(await bindingOf({ "requirements.txt": "psycopg2-binary\nasyncpg\n" })).toEqual(ASYNCPG);
	});

	it("is not known where nothing can be read", async () => {
		expect(await bindingOf({ "requirements.txt": "asyncpg\u0000" })).toBeUndefined();
	});
});
