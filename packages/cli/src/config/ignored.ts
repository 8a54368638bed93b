/** The config's `ignore`: tables that are not compared, and rules for findings that are not reported. */
import { type AnalyzeOptions, deviatingIn, type Item } from "@schemalign/core";
import picomatch from "picomatch";
import type { FoundSource } from "../discovery/discover.js";
import { type Matcher, sourceMatcher, tableMatcher } from "../globs.js";
import { mostSimilar } from "../similar.js";
import type { IgnoreConfig } from "./define.js";
import type { CheckedConfig } from "./schema.js";

/** The globs of tables that take no part in the comparison. */
export function ignoredTables({ ignore }: CheckedConfig): string[] {
	return (ignore ?? []).filter((entry) => typeof entry === "string");
}

/** The rules for findings, in the order of the config. */
export function ignoreRules({ ignore }: CheckedConfig): IgnoreConfig[] {
	return (ignore ?? []).filter((entry) => typeof entry !== "string");
}

/** Tells why a difference is not reported: the first rule that it fits. @param used takes every rule that fits one */
export function ignoreItems(
	config: CheckedConfig,
	sources: readonly FoundSource[],
	used = new Set<IgnoreConfig>(),
): NonNullable<AnalyzeOptions["ignoreItem"]> {
	const rules = ignoreRules(config).map((rule) => ({
		rule,
		reason: rule.reason ?? null,
		fits: fitting(rule, sources),
	}));
	return (item) => {
		const fit = rules.filter(({ fits }) => fits(item));
		for (const { rule } of fit) used.add(rule);
		return fit[0];
	};
}

/** A remark for every entry of `ignore` that leaves out nothing: no such table, or no finding that fits the rule. */
export function idleIgnores(
	{ ignore = [] }: CheckedConfig,
	tables: readonly string[],
	used: ReadonlySet<IgnoreConfig>,
): string[] {
	const plain = tables.map((table) => table.slice(table.indexOf(".") + 1));
	return ignore.flatMap((entry, at) => {
		if (typeof entry === "string" ? tables.some(tableMatcher([entry])) : used.has(entry)) return [];
		const glob = typeof entry === "string" ? entry : entry.table;
		const isTable = glob !== undefined && tables.some(tableMatcher([glob]));
		const near =
			glob === undefined || isTable ? undefined : mostSimilar(glob, glob.includes(".") ? tables : plain);
		return `ignore[${at}] leaves out nothing: ${JSON.stringify(entry)}${near ? ` (did you mean "${near}"?)` : ""}`;
	});
}

function fitting(rule: IgnoreConfig, sources: readonly FoundSource[]): (item: Item) => boolean {
	const tests: ((item: Item) => boolean)[] = [];
	const { code, table, column, source } = rule;
	if (code !== undefined) tests.push(on(picomatch(code), (item) => item.code));
	if (table !== undefined)
		tests.push(
			on(tableMatcher([table]), ({ schema, table: name }) => (name === null ? null : `${schema}.${name}`)),
		);
	if (column !== undefined) tests.push(on(picomatch(column, { dot: true }), (item) => item.column));
	if (source !== undefined) {
		const ids = new Set(
			sources
				.filter(({ descriptor }) => sourceMatcher(source)(descriptor))
				.map(({ descriptor }) => descriptor.id),
		);
		tests.push((item) => deviatingIn(item).some((id) => ids.has(id)));
	}
	return (item) => tests.every((test) => test(item));
}

function on(matches: Matcher, pick: (item: Item) => string | null): (item: Item) => boolean {
	return (item) => {
		const text = pick(item);
		return text !== null && matches(text);
	};
}
