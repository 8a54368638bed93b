import type { DiscoveryResult, Entity, Fact, Snapshot } from "@schemalign/core";
import { diskFiles, temporaryProject } from "@schemalign/testkit";
import { prismaAdapter } from "../src/index.js";

export const POSTGRES = 'datasource db {\n  provider = "postgresql"\n}\n';

type Contents = Readonly<Record<string, string>>;

/** What discovery says of a project of these files. */
export async function discovered(contents: Contents, explicit?: string): Promise<DiscoveryResult> {
	const project = await temporaryProject(contents);
	try {
		return await discover(project.root, explicit);
	} finally {
		await project.remove();
	}
}

async function discover(root: string, explicit?: string): Promise<DiscoveryResult> {
	const files = await diskFiles(root);
	const matched = files.paths().filter((path) => prismaAdapter.interests.some((one) => one.path.test(path)));
	if (explicit === undefined) return prismaAdapter.discover({ files, matched });
	return prismaAdapter.discover({
		files,
		matched: matched.filter((path) => path === explicit || path.startsWith(`${explicit}/`)),
		explicit: { path: explicit, options: {} },
	});
}

/** The snapshot of the one source in a project of these files. */
export async function snapshotOf(contents: Contents): Promise<Snapshot> {
	const project = await temporaryProject(contents);
	try {
		const { sources } = await discover(project.root);
		const [source] = sources;
		if (!source || sources.length > 1) throw new Error(`${sources.length} sources`);
		return await prismaAdapter.read(source, { files: project.files });
	} finally {
		await project.remove();
	}
}

/** The snapshot of `schema.prisma` with a Postgres datasource above this text: its first line is line 4. */
export async function read(text: string, others: Contents = {}): Promise<Snapshot> {
	return snapshotOf({ "schema.prisma": `${POSTGRES}${text}`, ...others });
}

/** The entity at the address. */
export function entity(snapshot: Snapshot, address: string): Entity {
	const found = snapshot.entities.find((candidate) => candidate.address === address);
	if (!found) {
		throw new Error(`no ${address} among\n${snapshot.entities.map((one) => one.address).join("\n")}`);
	}
	return found;
}

export function addresses(snapshot: Snapshot): string[] {
	return snapshot.entities.map(({ address }) => address);
}

/** The stated value of an aspect; an unknown one as `{unknown}`. */
export function value(snapshot: Snapshot, address: string, aspect: string): unknown {
	const fact: Fact | undefined = entity(snapshot, address).facts[aspect];
	if (!fact) return undefined;
	return "value" in fact ? fact.value : { unknown: fact.unknown };
}

/** `file:line` of the entity. */
export function place(snapshot: Snapshot, address: string): string {
	const { at } = entity(snapshot, address);
	return `${at.file}:${at.line}`;
}
