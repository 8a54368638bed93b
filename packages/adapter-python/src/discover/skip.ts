/** Files that look like models and are none, and why. */
import type { Skipped } from "@schemalign/core";

interface Rule {
	readonly path: RegExp;
	readonly why: string;
}

/** Tested in order against the path; the matched folder (or the file) is what is listed. */
const RULES: readonly Rule[] = [
	{
		path: /^(?:.*\/)?(?:node_modules|site-packages|\.?v?env|\.venv[^/]*|__pycache__|\.tox|\.nox|dist-packages|vendor)(?=\/)/,
		why: "installed packages, not this project's models",
	},
	{
		path: /^(?:.*\/)?(?:tests?|testing|fixtures)(?=\/)/i,
		why: "tests: their models are not the application's",
	},
	{
		path: /^(?:.*\/)?(?:test_[^/]*|[^/]*_tests?|conftest)\.py$/i,
		why: "tests: their models are not the application's",
	},
	{
		path: /^(?:.*\/)?(?:docs?|docs_src|examples?|samples?|tutorials?)(?=\/)/i,
		why: "documentation or examples",
	},
];

/** Why a path is not a source of models; `undefined`: it may be one. */
export function skipByPath(path: string): Skipped | undefined {
	for (const rule of RULES) {
		const match = rule.path.exec(path);
		if (match) return { path: match[0], why: rule.why };
	}
	return undefined;
}

/** Alembic's `versions/*.py` and `env.py`. */
export function isAlembic(path: string, text: string): boolean {
	if (/(^|\/)env\.py$/.test(path) && /alembic/.test(text)) return true;
	return /^\s*down_revision\b/m.test(text) && /^\s*revision\b/m.test(text);
}

/** A cheap look for anything that maps a table. */
export function mayHoldModels(text: string): boolean {
	return /__tablename__|__table__|\bTable\s*\(|DeclarativeBase|declarative_base\s*\(|as_declarative|\btable\s*=\s*True|\b\w*db\.Model\b|\bModel\s*\)|\bMapped\s*\[|mapped_column\s*\(|\bColumn\s*\(|registry\s*\(/.test(
		text,
	);
}
