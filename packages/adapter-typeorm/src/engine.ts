/** TypeORM's part of an evaluation: its modules, its program, and the form of what it finds. */
import { fileURLToPath } from "node:url";
import {
	distinct,
	type EvaluationJob,
	type LoadOptions,
	type ModuleGraph,
	runtimeCode,
} from "@schemalign/sandbox";
import { typeormReplacements } from "./bundle.js";
import { type Report, reportSchema, type TypeormOptions } from "./protocol.js";

/** Packages whose decorators are TypeORM's: itself, its forks, and the strategies that we have our own of. */
const PROVIDED = /^(?:@[\w.-]+\/)?typeorm(?:\/|$)|^typeorm-naming-strategies$|^reflect-metadata(?:\/|$)/;

export const TYPEORM_MODULES: LoadOptions = {
	provided: PROVIDED,
	relevant: /typeorm|Entity/,
	markedMethods: ["decorate"],
	// What Nest's programs consist of beside entities: one import of a package's index would bring all of it along.
	aside:
		/\.(?:controller|module|service|resolver|guard|handler|gateway|middleware|interceptor|processor|seed|seeder|spec|test)\.[cm]?[jt]sx?$/,
	decoratorMetadata: true,
};

/** Programs that take their database's kind from the environment are read as they are with Postgres. */
const ENVIRONMENT: Readonly<Record<string, string>> = Object.fromEntries(
	[
		"DB_TYPE",
		"DB_DIALECT",
		"DB_DRIVER",
		"DB_ENGINE",
		"DB_CLIENT",
		"DB_CONNECTION",
		"DATABASE_TYPE",
		"DATABASE_DIALECT",
		"DATABASE_DRIVER",
		"DATABASE_CLIENT",
		"DATABASE_ENGINE",
		"TYPEORM_TYPE",
		"TYPEORM_CONNECTION",
		"TYPEORM_DIALECT",
	].map((name) => [name, "postgres"]),
);

const replace = typeormReplacements(fileURLToPath(new URL("./runtime", import.meta.url)));
const runtime = runtimeCode(import.meta.url, { replace });

/** The task of one evaluation of all entries of `graph`. */
export function typeormJob(graph: ModuleGraph, options: TypeormOptions): EvaluationJob<Report> {
	return { graph, runtime, options, found: reportSchema, merge, environment: ENVIRONMENT };
}

/** Entries that import each other report the same things. */
function merge(reports: readonly Report[]): Report {
	const all = <T>(part: (report: Report) => readonly T[]): T[] => distinct(reports.flatMap(part));
	return {
		statements: all((report) => report.statements),
		entities: all((report) => report.entities),
		problems: all((report) => report.problems),
		refusals: all((report) => report.refusals),
	};
}
