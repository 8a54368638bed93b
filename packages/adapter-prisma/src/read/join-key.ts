/**
 * The key of an implicit many-to-many table: a unique index up to Prisma 5, a primary key from Prisma 6 on (Prisma's
 * upgrade guide to 6, "Primary key for implicit many-to-many relations"). The engine here is newer than both.
 */
import { posix } from "node:path";
import {
	type Entity,
	implied,
	type Origin,
	type ProjectFiles,
	parseAddress,
	type SnapshotBuilder,
} from "@schemalign/core";
import { z } from "zod";
import { readString } from "../text/attributes.js";
import { property, type Schema } from "../text/schema.js";

/** How the project's Prisma makes the key; `open`: its version is not known. */
export type JoinKeys = "primary key" | "unique index" | "open";

const FIRST_WITH_PRIMARY_KEY = 6;
/** Clients of other languages bring their own, older Prisma. */
const OLD_CLIENTS = new Set([
	"prisma-client-py",
	"prisma-client-go",
	"go run github.com/steebchen/prisma-client-go",
]);

/** States the key as the project's Prisma makes it. */
export function joinKey(builder: SnapshotBuilder, entity: Entity, at: Origin, keys: JoinKeys): void {
	const [schema = "", table = ""] = parseAddress(entity.address).parts;
	const ref = { schema, table };
	if (keys === "primary key") {
		builder.primaryKey(ref, ["A", "B"], at, implied(`${table}_AB_pkey`, "Prisma's naming"));
	} else if (keys === "unique index") {
		builder.unique(ref, at, {
			elements: ["A", "B"],
			backing: { value: "index" },
			name: implied(`${table}_AB_unique`, "Prisma's naming"),
		});
	} else {
		builder.gap({
			under: `table:${entity.address.slice(entity.address.indexOf(":") + 1)}`.replace(/\."primary key"$/, ""),
			kinds: ["primaryKey", "unique"],
			why: "Prisma 5 makes a unique index here and Prisma 6 a primary key, and no package.json tells which it is",
			at,
		});
	}
}

/** Which of both it is in this project, from the nearest package.json that has Prisma, or else all others. */
export async function joinKeysOf(schema: Schema, path: string, files: ProjectFiles): Promise<JoinKeys> {
	const providers = schema.generators.map((block) => readString(property(block, "provider")?.value ?? ""));
	if (providers.some((provider) => provider !== undefined && OLD_CLIENTS.has(provider)))
		return "unique index";
	const catalog = await catalogOf(files);
	for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
		const major = await majorIn(posix.join(folder, "package.json"), files, catalog);
		if (major !== undefined) return byMajor([major]);
		if (folder === ".") break;
	}
	const others = files
		.paths()
		.filter((one) => /(?:^|\/)package\.json$/.test(one))
		.slice(0, 200);
	const majors = await Promise.all(others.map((one) => majorIn(one, files, catalog)));
	return byMajor(majors.filter((major) => major !== undefined));
}

function byMajor(majors: readonly number[]): JoinKeys {
	if (majors.length === 0) return "open";
	if (majors.every((major) => major >= FIRST_WITH_PRIMARY_KEY)) return "primary key";
	return majors.every((major) => major < FIRST_WITH_PRIMARY_KEY) ? "unique index" : "open";
}

const dependencies = z.record(z.string(), z.unknown()).optional();
const packageSchema = z.object({
	dependencies,
	devDependencies: dependencies,
	peerDependencies: dependencies,
});

async function majorIn(path: string, files: ProjectFiles, catalog: string): Promise<number | undefined> {
	if (!files.has(path)) return undefined;
	const text = await files.read(path).catch(() => "");
	if (!text.includes("prisma")) return undefined;
	try {
		const parsed = packageSchema.parse(JSON.parse(text));
		for (const name of ["prisma", "@prisma/client"]) {
			for (const group of [parsed.dependencies, parsed.devDependencies, parsed.peerDependencies]) {
				const range = group?.[name];
				const major = typeof range === "string" ? majorOf(name, range, catalog) : undefined;
				if (major !== undefined) return major;
			}
		}
	} catch {
		return undefined;
	}
	return undefined;
}

/** `^5.22.0` is 5; `latest` is the newest; `catalog:` is in pnpm-workspace.yaml. */
function majorOf(name: string, range: string, catalog: string): number | undefined {
	if (range === "latest" || range === "*") return FIRST_WITH_PRIMARY_KEY;
	if (range.startsWith("catalog:")) {
		const quoted = name.replace("/", "\\/");
		const entry = new RegExp(`^\\s*["']?${quoted}["']?\\s*:\\s*["']?[^\\d\\s]*(\\d+)`, "m").exec(catalog);
		return entry?.[1] === undefined ? undefined : Number(entry[1]);
	}
	const digits = /^(?:npm:[^@]*@)?[^\d]*(\d+)/.exec(range)?.[1];
	return digits === undefined ? undefined : Number(digits);
}

async function catalogOf(files: ProjectFiles): Promise<string> {
	return files.has("pnpm-workspace.yaml") ? files.read("pnpm-workspace.yaml").catch(() => "") : "";
}
