/**
 * Names by the naming convention of `target_metadata`, which Alembic hands on to the tables that operations are about
 * (`SchemaObjects.metadata`): constraints without a name get theirs from it.
 */
import { cutName, folderOf, type Origin } from "@schemalign/core";
import type { Evaluator } from "../evaluate/evaluator.js";
import { asString, iterate, type Value } from "../evaluate/values.js";
import type { Workspace } from "../evaluate/workspace.js";
import { metadataOf } from "../sqlalchemy/metadata.js";
import { type Known, knownValue, type MetadataModel } from "../sqlalchemy/model.js";
import {
	type ConstraintKind,
	constraintRecord,
	conventionName,
	type NamingInput,
} from "../sqlalchemy/naming.js";

/** The name of something that the revision leaves unnamed; `undefined`: Postgres names it. */
export type Naming = (kind: ConstraintKind, input: NamingInput, at: Origin) => string | undefined;

/** Without a `target_metadata` that can be evaluated only `index=True` has a name. */
export const NO_CONVENTION: Naming = (kind, input, at) =>
	cut(kind === "ix" ? conventionName(new Map(), kind, input, at) : undefined);

/** The environment's program: the `env.py` in the nearest folder above the revisions. */
export function environmentOf(revisions: readonly string[], paths: readonly string[]): string | undefined {
	const all = new Set(paths);
	for (let folder of new Set(revisions.map(folderOf))) {
		for (; ; folder = folderOf(folder)) {
			const path = folder === "" ? "env.py" : `${folder}/env.py`;
			if (all.has(path)) return path;
			if (folder === "") break;
		}
	}
	return undefined;
}

/** The naming of the environment's `target_metadata`. */
export function namingOf(environment: string | undefined, workspace: Workspace): Naming {
	const module = environment === undefined ? undefined : workspace.module(environment);
	const value = module?.scope.own("target_metadata");
	const target = value && value.is === "sequence" ? iterate(value)?.[0] : value;
	if (!target || target.is === "unknown") return NO_CONVENTION;
	const metadata = metadataOf(target, workspace.evaluator);
	if (metadata.convention.size === 0) return NO_CONVENTION;
	return (kind, input, at) => {
		const token = (name: string) => tokenText(name, metadata, input, workspace.evaluator);
		return cut(conventionName(metadata.convention, kind, { ...input, token }, at));
	};
}

function tokenText(
	name: string,
	metadata: MetadataModel,
	input: NamingInput,
	evaluator: Evaluator,
): string | undefined {
	const make: Value | undefined = metadata.tokens?.get(name);
	if (!make) return undefined;
	const { constraint, table } = constraintRecord(input, metadata.at);
	return asString(
		evaluator.call(make, { positional: [constraint, table], keywords: new Map() }, metadata.at),
	);
}

function cut(name: Known<string> | undefined): string | undefined {
	const own = knownValue(name);
	return own === undefined ? undefined : cutName(own);
}
