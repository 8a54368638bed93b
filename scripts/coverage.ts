/** Writes docs/coverage.md: what each adapter can state, by its own declaration. */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { builtInAdapters } from "../packages/cli/src/discovery/registry.js";
import {
	type Adapter,
	ALL_KINDS,
	aspectDefinition,
	type Capabilities,
	type Coverage,
	type Kind,
	kindDefinition,
} from "../packages/core/src/index.js";

export const COVERAGE_FILE = fileURLToPath(new URL("../docs/coverage.md", import.meta.url));

/** The text of docs/coverage.md: a table of kinds by adapters. */
export async function coveragePage(): Promise<string> {
	// A stored snapshot states what the adapter that made it could.
	const adapters = (await builtInAdapters()).filter((adapter) => adapter.name !== "snapshot");
	const rows = ALL_KINDS.map((kind) => row(kind, adapters));
	return [
		"# What each adapter states",
		"",
		"Made by `pnpm coverage` from the adapters' `capabilities`, which the conformance suite holds them to. *Complete*: what is not",
		"stated is not there. *Partial*: it may be there. *None* (–): the language cannot say it, so its silence is never a disagreement.",
		"A source can change this by its settings (Prisma's preview features, `relationMode`), and what could not be read is a gap in the report.",
		"",
		`| | ${adapters.map((adapter) => `[${adapter.name}](adapters/${adapter.name}.md)`).join(" | ")} |`,
		`|---|${adapters.map(() => "---|").join("")}`,
		...rows,
		"",
	].join("\n");
}

function row(kind: Kind, adapters: readonly Adapter[]): string {
	const cells = adapters.map((adapter) => cell(kind, adapter.capabilities));
	return `| ${kindDefinition(kind).label} | ${cells.join(" | ")} |`;
}

/** The kind's coverage, and the aspects that have another. */
function cell(kind: Kind, capabilities: Capabilities): string {
	const coverage = capabilities.kinds[kind] ?? "none";
	if (coverage === "none") return "–";
	const others = (["complete", "partial", "none"] as const)
		.filter((other) => other !== coverage)
		.map((other) => ({ other, names: aspects(kind, capabilities, other) }))
		.filter(({ names }) => names.length > 0)
		.map(({ other, names }) => `${WORDS[other]} ${names.join(", ")}`);
	return [`**${coverage}**`, ...others].join("; ");
}

const WORDS: Readonly<Record<Coverage, string>> = { complete: "always", partial: "partly", none: "not" };

function aspects(kind: Kind, capabilities: Capabilities, coverage: Coverage): string[] {
	return Object.entries(capabilities.aspects)
		.filter(([name, stated]) => name.startsWith(`${kind}.`) && stated === coverage)
		.map(([name]) => name.slice(kind.length + 1))
		.map((aspect) => aspectDefinition(kind, aspect)?.label ?? `${aspect}s`)
		.sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(COVERAGE_FILE, await coveragePage());
