/** What a user names on the command line: a source of the project, or any file or folder on this machine. */
import { existsSync, realpathSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import type { SourceConfig } from "../config/define.js";
import { discoverSources, type FoundSource } from "../discovery/discover.js";
import { liveOperand } from "../discovery/live.js";
import type { Io } from "../io.js";
import { Problem } from "../problem.js";
import { openNamed, type Project } from "../project/project.js";
import { type Found, findSources, matching, type Session } from "../session.js";
import { timeLimits } from "./options.js";

/** The sources that the operands name, all in one project. */
export interface Operands {
	readonly session: Session;
	readonly project: Project;
	/** In the order of the operands. */
	readonly sources: readonly FoundSource[];
}

/**
 * Finds what the operands name: live databases by URL or name; else among the project's sources, by id or path; else as
 * files or folders anywhere.
 * @throws Problem if one names nothing, or more than one source.
 */
export async function resolveOperands(
	session: Session,
	io: Io,
	operands: readonly string[],
): Promise<Operands> {
	const live = operands.map((operand) => liveOperand(session.live, operand));
	const places = operands.filter((_, at) => live[at] === undefined);
	if (places.length === operands.length) return resolvePlaces(session, io, operands);
	const found =
		places.length === 0
			? { session, project: openNamed(session.root, []), sources: [] }
			: await resolvePlaces(session, io, places);
	const rest = [...found.sources];
	const sources: FoundSource[] = [];
	for (const one of live) {
		const source = one ?? rest.shift();
		if (source) sources.push(distinct(source, sources));
	}
	return { ...found, sources };
}

async function resolvePlaces(session: Session, io: Io, operands: readonly string[]): Promise<Operands> {
	const places = operands.map((operand) => placeOf(session, io, operand));
	if (places.every((place) => place === undefined || isWithin(session.root, place.path))) {
		const found = await findSources(session);
		const sources = operands.map((operand, at) =>
			inProject(found, operand, relativeTo(session.root, places[at]?.path)),
		);
		if (sources.every((source) => source !== undefined)) return { session, project: found.project, sources };
	}
	const missing = operands.find((_, at) => places[at] === undefined);
	if (missing !== undefined) throw await unknownOperand(session, missing);
	return anywhere(
		session,
		io,
		places.filter((place) => place !== undefined),
	);
}

interface Place {
	/** Absolute. */
	readonly path: string;
	readonly adapter?: string;
}

/** `path` or `adapter:path`, where there is such a path. */
function placeOf(session: Session, io: Io, operand: string): Place | undefined {
	const plain = resolve(io.cwd, operand);
	if (existsSync(plain)) return { path: realpathSync(plain) };
	const colon = operand.indexOf(":");
	const adapter = session.adapters.find((one) => one.name === operand.slice(0, Math.max(colon, 0)));
	const path = resolve(io.cwd, operand.slice(colon + 1));
	return adapter && existsSync(path) ? { path: realpathSync(path), adapter: adapter.name } : undefined;
}

function inProject(found: Found, operand: string, path: string | undefined): FoundSource | undefined {
	const byId = found.sources.find((source) => source.descriptor.id === operand);
	if (byId) return byId;
	const atPath = found.sources.filter((source) => path !== undefined && source.descriptor.path === path);
	if (atPath.length === 1) return atPath[0];
	if (path !== undefined) return undefined;
	const ids = new Set(matching(found.sources, operand, "there is no such file or folder"));
	const fitting = found.sources.filter((source) => ids.has(source.descriptor.id));
	if (fitting.length === 1) return fitting[0];
	throw new Problem(`${operand} fits several sources: ${[...ids].join(", ")}`);
}

async function unknownOperand(session: Session, operand: string): Promise<Problem> {
	const found = await findSources(session);
	const list = found.sources.map((source) => `  ${source.descriptor.id}`).join("\n");
	const hint = list === "" ? undefined : `The sources of this project are:\n${list}`;
	return new Problem(`there is no source, file or folder ${operand}`, hint);
}

/** A project of its own, rooted where all places meet, in which only the named files count. */
async function anywhere(session: Session, io: Io, places: readonly Place[]): Promise<Operands> {
	const within = places.every((place) => isWithin(session.root, place.path) && place.path !== session.root);
	const root = within ? session.root : commonFolder(places.map((place) => place.path));
	const configs = places.map(
		(place): SourceConfig => ({ path: relativeTo(root, place.path) ?? "", adapter: place.adapter }),
	);
	const project = openNamed(
		root,
		configs.map((config) => config.path),
	);
	const sources: FoundSource[] = [];
	for (const config of configs) {
		const found = await discoverSources(project, session.adapters, {
			sources: [config],
			discover: false,
			timeLimit: timeLimits(io).discover,
		}).catch(withoutPlace);
		const [source, ...more] = found.sources;
		if (!source || more.length > 0) throw notOne(config.path, found.sources);
		sources.push(distinct(source, sources));
	}
	return { session, project, sources };
}

/** The command line is no config: the message does without its place there. */
function withoutPlace(error: unknown): never {
	if (!(error instanceof Problem)) throw error;
	throw new Problem(error.message.replace(/^sources\[0\]: /, ""), error.hint);
}

function notOne(path: string, found: readonly FoundSource[]): Problem {
	if (found.length === 0) return new Problem(`no schema was found in ${path}`);
	const list = found.map((source) => `  ${source.descriptor.path}`).join("\n");
	return new Problem(`${path} holds several sources; name one of them:\n${list}`);
}

/** One thing compared with itself is still two sources. */
function distinct(source: FoundSource, others: readonly FoundSource[]): FoundSource {
	const { descriptor } = source;
	if (!others.some((other) => other.descriptor.id === descriptor.id)) return source;
	return { ...source, descriptor: { ...descriptor, id: `${descriptor.id}#2` } };
}

function commonFolder(paths: readonly string[]): string {
	const [first = sep, ...rest] = paths.map((path) => dirname(path));
	let folder = first;
	while (!rest.every((path) => isWithin(folder, path)) && dirname(folder) !== folder)
		folder = dirname(folder);
	return folder;
}

function isWithin(folder: string, path: string): boolean {
	return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function relativeTo(root: string, path: string | undefined): string | undefined {
	return path === undefined ? undefined : relative(root, path).split(sep).join("/");
}
