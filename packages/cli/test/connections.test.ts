import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { connectionOf, findConnections } from "../src/discovery/connections.js";

async function connections(contents: Record<string, string>) {
	const project = await temporaryProject(contents);
	try {
		return await findConnections(project.files);
	} finally {
		await project.remove();
	}
}

describe("connections in compose files", () => {
	it("are the host and name of a service's Postgres URL, never its user and password", async () => {
		const found = await connections({
			"docker-compose.yml": `services:
  api:
    build: ./services/api
    environment:
      - DATABASE_URL=postgresql://shop:s3cret@db:5432/shop?sslmode=disable
  pricing:
    build: { context: ., dockerfile: services/pricing/Dockerfile }
    environment:
      DB: \${DATABASE_URL:-postgresql+asyncpg://u:p@db/shop}
      PORT: 8000
  db:
    image: postgres:16
`,
		});
		expect(found).toEqual([
			{ folder: "services/api", database: "db/shop" },
			{ folder: "services/pricing", database: "db/shop" },
		]);
		expect(JSON.stringify(found)).not.toContain("s3cret");
	});

	it("say nothing where a folder is given two databases, or the file is none", async () => {
		expect(
			await connections({
				"a/compose.yaml": "services:\n  x:\n    build: x\n    environment: { A: 'postgres://h/a' }\n",
				"a/compose.dev.yaml": "services:\n  x:\n    build: x\n    environment: { A: 'postgres://h/b' }\n",
				"docker-compose.yml": "{{ not yaml",
				"b/docker-compose.yml": "services: 3\n",
				"c/docker-compose.yml":
					"services:\n  x:\n    build: ../../outside\n    environment: ['A=postgres://h/a']\n",
			}),
		).toEqual([]);
	});

	it("belong to what lies in the folder; the innermost decides", () => {
		const known = [
			{ folder: "services", database: "db/all" },
			{ folder: "services/api", database: "db/api" },
		];
		expect(connectionOf("services/api/prisma/schema.prisma", known)).toBe("db/api");
		expect(connectionOf("services/other/models.py", known)).toBe("db/all");
		expect(connectionOf("services-old/models.py", known)).toBeUndefined();
	});
});
