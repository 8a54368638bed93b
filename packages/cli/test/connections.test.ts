import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { connectionOf, findConnections, findServers } from "../src/discovery/connections.js";
import { databaseNameOf, findSettings } from "../src/discovery/settings.js";

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

describe("start-up scripts in compose files", () => {
	it("are of the service that mounts them, unless another one mounts them too", async () => {
		const project = await temporaryProject({
			"docker/compose.yml": `services:
  sales:
    image: postgres
    ports: !override ["5433:5432"]
    volumes:
      - ./sales/setup.sql:/docker-entrypoint-initdb.d/setup.sql:ro
      - type: bind
        source: ./shared
        target: /docker-entrypoint-initdb.d
      - data:/var/lib/postgresql/data
  stock:
    volumes: ["./shared:/docker-entrypoint-initdb.d", "$HOME/x.sql:/docker-entrypoint-initdb.d/x.sql"]
`,
		});
		try {
			expect(await findServers(project.files)).toEqual([
				{ folder: "docker/sales/setup.sql", database: "sales" },
			]);
		} finally {
			await project.remove();
		}
	});
});

describe("settings beside a program", () => {
	it("name its database, by its variable or alone", async () => {
		const project = await temporaryProject({
			".env.example": "DATABASE_URL=postgres://u:p@localhost/shop\n",
			"legal/.env.example":
				'# URL\nDATABASE_URL="postgresql://legal:s3cr&t^@h@db-1.example.net:5432/legal_dev?schema=x"\nPORT=1\n',
			"hub/.env.sample":
				"A_URL=postgresql://localhost/a\nexport B_URL='postgres://localhost/b'\nREDIS=redis://localhost/2\n",
			"none/.env": "PORT=3000\n",
		});
		try {
			const settings = await findSettings(project.files);
			expect(JSON.stringify(settings)).not.toContain("s3cr");
			expect(databaseNameOf("legal/prisma/schema.prisma", undefined, settings)).toBe("legal_dev");
			expect(databaseNameOf("hub/schema.prisma", undefined, settings)).toBeUndefined();
			expect(databaseNameOf("hub/schema.prisma", "B_URL", settings)).toBe("b");
			expect(databaseNameOf("none/schema.prisma", undefined, settings)).toBe("shop");
		} finally {
			await project.remove();
		}
	});
});
