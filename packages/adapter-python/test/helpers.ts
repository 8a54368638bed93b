import type { Entity, Fact, Snapshot, SourceDescriptor } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { pythonAdapter } from "../src/index.js";

export interface ReadProject {
	readonly sources: readonly SourceDescriptor[];
	readonly skipped: readonly { path: string; why: string }[];
	readonly snapshots: readonly Snapshot[];
}

/** Discovers and reads a project given as texts, as the tool does. */
export async function readProject(contents: Readonly<Record<string, string>>): Promise<ReadProject> {
	const project = await temporaryProject(contents);
	try {
		const { files } = project;
		const matched: string[] = [];
		for (const path of files.paths()) {
			for (const interest of pythonAdapter.interests) {
				const text = interest.path.test(path) ? await files.read(path).catch(() => "") : "";
				if (interest.markers?.some((marker) => text.includes(marker))) matched.push(path);
			}
		}
		const { sources, skipped } = await pythonAdapter.discover({ files, matched });
		const snapshots: Snapshot[] = [];
		for (const source of sources) snapshots.push(await pythonAdapter.read(source, { files }));
		return { sources, skipped, snapshots };
	} finally {
		await project.remove();
	}
}

/** The one snapshot of a project with one source. */
export async function readOne(contents: string | Readonly<Record<string, string>>): Promise<Snapshot> {
	const { snapshots } = await readProject(
		typeof contents === "string" ? { "app/models.py": contents } : contents,
	);
	const [only] = snapshots;
	if (!only || snapshots.length !== 1) throw new Error(`${snapshots.length} sources were found, not one`);
	return only;
}

export function entity(snapshot: Snapshot, address: string): Entity {
	const found = snapshot.entities.find((candidate) => candidate.address === address);
	if (!found) {
		throw new Error(`${address} is not among ${snapshot.entities.map((each) => each.address).join(", ")}`);
	}
	return found;
}

export function fact(snapshot: Snapshot, address: string, aspect: string): Fact {
	const found = entity(snapshot, address).facts[aspect];
	if (!found) throw new Error(`${address} does not state ${aspect}`);
	return found;
}

/** The stated value of an aspect. */
export function value(snapshot: Snapshot, address: string, aspect: string): unknown {
	const found = fact(snapshot, address, aspect);
	if ("unknown" in found) throw new Error(`${address} ${aspect} is unknown: ${found.unknown}`);
	return found.value;
}

export const BASE = `from sqlalchemy import *
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, declared_attr, relationship

class Base(DeclarativeBase):
    pass

`;
