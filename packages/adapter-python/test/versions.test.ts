import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { findVersions, isAtLeast } from "../src/discover/versions.js";

async function atLeast(text: Record<string, string>): Promise<boolean | undefined> {
	const project = await temporaryProject(text);
	try {
		const versions = await findVersions("sqlmodel", project.files);
		return isAtLeast(versions("app/models.py"), [0, 0, 45]);
	} finally {
		await project.remove();
	}
}

describe("the installed version of a library", () => {
	it.each([
		['[[package]]\nname = "sqlmodel"\nversion = "0.0.46"\n', "uv.lock", true],
		['[[package]]\nname = "sqlmodel"\nversion = "0.0.24"\n', "poetry.lock", false],
		["fastapi\nsqlmodel==0.0.8\n", "requirements.txt", false],
		["sqlmodel >= 0.0.45\n", "requirements.txt", true],
		['dependencies = [\n  "sqlmodel>=0.0.21,<0.0.40",\n]\n', "pyproject.toml", false],
		['sqlmodel = "^0.0.14"\n', "pyproject.toml", false],
		['dependencies = ["sqlmodel>=0.0.21"]\n', "pyproject.toml", undefined],
		["sqlmodel-extras==1.0\n", "requirements.txt", undefined],
	])("%j in %s", async (text, file, expected) => {
		expect(await atLeast({ [file]: text, "app/models.py": "" })).toBe(expected);
	});

	it("is the lock file's, and the nearest project's", async () => {
		const lock = '[[package]]\nname = "sqlmodel"\nversion = "0.0.50"\n';
		const pyproject = 'dependencies = ["sqlmodel>=0.0.21"]\n';
		expect(await atLeast({ "uv.lock": lock, "pyproject.toml": pyproject, "app/models.py": "" })).toBe(true);
		expect(
			await atLeast({ "uv.lock": lock, "app/requirements.txt": "sqlmodel==0.0.8", "app/models.py": "" }),
		).toBe(false);
	});
});
