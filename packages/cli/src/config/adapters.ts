/** Adapters: our own and those of third parties, loaded from the user's project and equal in every respect. */
import { statSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { ADAPTER_CONTRACT, type Adapter, capabilitiesSchema } from "@schemalign/core";
import { z } from "zod";
import { messageOf, Problem } from "../problem.js";
import { describeIssues } from "./problems.js";
import type { CheckedConfig } from "./schema.js";

const interestSchema = z.object({ path: z.instanceof(RegExp), markers: z.array(z.string()).optional() });

const shapeSchema = z.object({
	name: z.string().regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and dashes"),
	contract: z.number(),
	capabilities: capabilitiesSchema,
	interests: z.array(interestSchema),
	discover: z.custom((value) => typeof value === "function", "must be a function"),
	read: z.custom((value) => typeof value === "function", "must be a function"),
});

/**
 * Loads the third-party adapters that the config names.
 * @throws Problem if one cannot be loaded, is no adapter, or was written for another contract.
 */
export async function loadAdapters(root: string, entries: CheckedConfig["adapters"]): Promise<Adapter[]> {
	const loaded: Adapter[] = [];
	for (const entry of entries ?? []) {
		const from = typeof entry === "string" ? entry : "an adapter in the config";
		loaded.push(checkAdapter(from, typeof entry === "string" ? await importAdapter(root, entry) : entry));
	}
	return loaded;
}

/**
 * Checks that no two adapters have one name.
 * @throws Problem that names it.
 */
export function checkNames(adapters: readonly Adapter[]): void {
	const seen = new Set<string>();
	for (const { name } of adapters) {
		if (seen.has(name))
			throw new Problem(`two adapters are called \`${name}\`; every adapter needs a name of its own`);
		seen.add(name);
	}
}

function checkAdapter(from: string, value: unknown): Adapter {
	const shape = shapeSchema.safeParse(value);
	if (!shape.success) {
		const lines = describeIssues(shape.error).map((line) => `  ${line}`);
		throw new Problem(
			`${from} does not export an adapter:\n${lines.join("\n")}`,
			"It is expected as the default export.",
		);
	}
	const { name, contract } = shape.data;
	if (contract !== ADAPTER_CONTRACT) {
		const which = contract > ADAPTER_CONTRACT ? "Update schemalign." : "Update the adapter.";
		throw new Problem(
			`the adapter \`${name}\` (${from}) was written for adapter contract ${contract}; this schemalign speaks contract ${ADAPTER_CONTRACT}`,
			which,
		);
	}
	if (!isAdapter(value)) throw new Problem(`${from} does not export an adapter`);
	return value;
}

/** Only true of what has passed {@link shapeSchema}: it looks at what a schema cannot give back, the object itself. */
function isAdapter(value: unknown): value is Adapter {
	return shapeSchema.safeParse(value).success;
}

async function importAdapter(root: string, entry: string): Promise<unknown> {
	const { createJiti } = await import("jiti");
	const jiti = createJiti(join(root, "schemalign.js"), { fsCache: false });
	const isPath = entry.startsWith(".") || isAbsolute(entry) || isFile(join(root, entry));
	const target = isPath ? resolve(root, entry) : resolvePackage(jiti, entry);
	try {
		const module: unknown = await jiti.import(target);
		return exportedAdapter(module);
	} catch (error) {
		throw new Problem(`the adapter ${entry} could not be loaded: ${firstLine(messageOf(error))}`);
	}
}

function resolvePackage(jiti: { esmResolve(id: string): string }, entry: string): string {
	try {
		return jiti.esmResolve(entry);
	} catch {
		throw new Problem(
			`the adapter package \`${entry}\` is not installed in this project`,
			"Install it there, or give a path that starts with ./",
		);
	}
}

function isFile(path: string): boolean {
	return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function exportedAdapter(module: unknown): unknown {
	if (typeof module !== "object" || module === null) return module;
	if ("default" in module && looksLikeAdapter(module.default)) return module.default;
	return Object.values(module).find(looksLikeAdapter) ?? ("default" in module ? module.default : module);
}

function looksLikeAdapter(value: unknown): boolean {
	return typeof value === "object" && value !== null && "contract" in value && "discover" in value;
}

function firstLine(text: string): string {
	return text.split("\n", 1)[0] ?? text;
}
