/** The command line: commands, options, help. Every command's code is loaded only when it runs. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { version } from "../package.json";
import type { BaselineOptions } from "./commands/baseline.js";
import type { CheckOptions } from "./commands/check.js";
import type { DiffOptions } from "./commands/diff.js";
import type { ExplainOptions } from "./commands/explain.js";
import type { InitOptions } from "./commands/init.js";
import type { OwnersOptions } from "./commands/owners.js";
import type { SnapshotOptions } from "./commands/snapshot.js";
import type { SourcesOptions } from "./commands/sources.js";
import type { Io } from "./io.js";
import { EXIT, Problem } from "./problem.js";
import { redact } from "./redact.js";
import { mostSimilar } from "./similar.js";

const FORMATS = ["text", "json", "markdown"];
const THRESHOLDS = ["critical", "high", "medium", "low", "info", "never"];

const EXAMPLES = `
Examples:
  schemalign                          compare everything found in this folder
  schemalign path/to/repo --verbose   another folder, every finding and every file passed over
  schemalign sources                  what was found, and why the rest was not
  schemalign diff prisma/schema.prisma db/migrations
  schemalign check --json -o report.json --fail-on medium

Exit codes: 0 in sync, 1 findings at or above --fail-on, 2 the tool could not do its job.`;

/** The program; `done` receives the exit code of the command that has run. */
export function makeProgram(io: Io, done: (code: number) => void): Command {
	const program = new Command("schemalign");
	program
		.description(
			"Reads every place where a repository writes down its Postgres schema, and says where they disagree.",
		)
		.version(version)
		.addHelpText("after", EXAMPLES)
		.configureHelp({ showGlobalOptions: true, helpWidth: Math.min(io.columns ?? 100, 100) })
		.configureOutput({
			writeOut: (text) => void io.stdout.write(text),
			writeErr: (text) => void io.stderr.write(redact(text)),
			getOutHelpWidth: () => Math.min(io.columns ?? 100, 110),
		})
		.showSuggestionAfterError()
		.showHelpAfterError("(--help shows what there is)")
		.helpCommand(false)
		.exitOverride();
	addCommonOptions(program);
	addLowerCaseVersion(program, io);
	addCheck(program, io, done);
	addSources(program, io, done);
	addDiff(program, io, done);
	addSnapshot(program, io, done);
	addInit(program, io, done);
	addExplain(program, io, done);
	addBaseline(program, io, done);
	addOwners(program, io, done);
	addHelp(program);
	return program;
}

/** The exit code where commander itself has ended the run: help, version, a wrong option; `undefined` for other errors. */
export function outcomeOf(error: unknown): number | undefined {
	if (!(error instanceof CommanderError)) return undefined;
	return error.exitCode === 0 ? EXIT.inSync : EXIT.failure;
}

/** `-v` as elsewhere, beside commander's `-V`. */
function addLowerCaseVersion(program: Command, io: Io): void {
	program.addOption(new Option("-v").hideHelp()).on("option:v", () => {
		io.stdout.write(`${version}\n`);
		throw new CommanderError(EXIT.inSync, "commander.version", version);
	});
}

function addHelp(program: Command): void {
	program
		.command("help")
		.argument("[command]")
		.description("display help for command")
		.action((name: string | undefined) => {
			const command = name === undefined ? program : program.commands.find((one) => one.name() === name);
			if (command) command.help();
			const names = program.commands.map((one) => one.name());
			const near = mostSimilar(name ?? "", names);
			throw new Problem(
				`there is no command ${name}`,
				near ? `Did you mean \`${near}\`?` : `The commands are ${names.join(", ")}.`,
			);
		});
}

function addCommonOptions(program: Command): void {
	program
		.addOption(
			oneOf(
				FORMATS,
				new Option(
					"--format <format>",
					"how to print the result; markdown: `check`, `diff`, `owners`, `explain`",
				),
			),
		)
		.option("--json", "short for --format json")
		.option("-o, --output <file>", "write the result to a file")
		.option("--verbose", "show info findings, every member and all that was skipped")
		.option("-q, --quiet", "print the summary line only, no remarks and no progress")
		.option("--config <file>", "use this config instead of the schemalign.config.* of the project")
		.option("--cwd <dir>", "run as if started in this folder")
		.option("--color", "use colours even if this is no terminal (also: FORCE_COLOR)")
		.option("--no-color", "do not use colours (also: NO_COLOR)")
		.option("--debug", "print the stack of an error");
}

function failOn(): Option {
	return oneOf(
		THRESHOLDS,
		new Option("--fail-on <severity>", "the mildest severity that gives exit code 1 (default: high)"),
	);
}

/** The option with nothing but the given values; a misspelt one is answered with the nearest. */
function oneOf(values: readonly string[], option: Option): Option {
	return option.choices(values).argParser((value: string) => {
		if (values.includes(value)) return value;
		const near = mostSimilar(value, values);
		throw new InvalidArgumentError(
			`Allowed choices are ${values.join(", ")}.${near ? ` Did you mean ${near}?` : ""}`,
		);
	});
}

function only(): Option {
	return new Option(
		"--only <source>",
		"use these sources only: adapter, id, path or glob; repeatable",
	).argParser(collect);
}

function db(): Option {
	return new Option(
		"--db <name=url>",
		"also read this live database: name=url, a URL, or a name (prod: PROD_DATABASE_URL); repeatable",
	).argParser(collect);
}

function exact(): Option {
	return new Option(
		"--exact",
		"replay SQL definitions in an embedded Postgres: slower, and sees what only runs",
	);
}

/** Adds `--probe` and `--no-probe`: neither leaves it to the config. */
function addProbe(command: Command): Command {
	return command
		.addOption(
			new Option(
				"--probe",
				"ask live databases about their rows where sources disagree: counts only, bounded, read-only",
			),
		)
		.addOption(new Option("--no-probe", "ask nothing, whatever the config says"));
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
	return [...(before ?? []), value];
}

function addCheck(program: Command, io: Io, done: (code: number) => void): void {
	addProbe(program.command("check", { isDefault: true }))
		.description("compare all sources of a project (the default command)")
		.argument("[dir]", "the project's folder (default: the working directory)")
		.allowExcessArguments()
		.addOption(failOn())
		.addOption(only())
		.addOption(db())
		.addOption(exact())
		.option("--since <ref>", "report only what has changed since a git commit, branch or tag")
		.option("--baseline <file>", "the accepted findings (default: schemalign.baseline.json)")
		.option("--no-baseline", "report accepted findings too")
		.addHelpText(
			"after",
			"\nExamples:\n  schemalign check --since origin/main     what this branch introduces and fixes\n  schemalign check --no-baseline --verbose\n",
		)
		.action(async (dir: string | undefined, _: unknown, command: Command) => {
			const { check } = await import("./commands/check.js");
			const { onlyOne } = await import("./commands/options.js");
			onlyOne(command.args, io);
			done(await check(dir, command.optsWithGlobals<CheckOptions>(), io));
		});
}

function addSources(program: Command, io: Io, done: (code: number) => void): void {
	program
		.command("sources")
		.description("show the sources found, the databases they describe, and what was skipped and why")
		.argument("[dir]", "the project's folder (default: the working directory)")
		.addOption(only())
		.addOption(db())
		.addOption(exact())
		.action(async (dir: string | undefined, _: unknown, command: Command) => {
			const { sources } = await import("./commands/sources.js");
			done(await sources(dir, command.optsWithGlobals<SourcesOptions>(), io));
		});
}

function addDiff(program: Command, io: Io, done: (code: number) => void): void {
	addProbe(program.command("diff"))
		.description("compare two sources: of the project by id or path, or any two files or folders")
		.argument("<a>", "a source's id or path, a file, a folder, <adapter>:<path>, or a database's name or URL")
		.argument("<b>", "the other")
		.addOption(failOn())
		.addOption(db())
		.addOption(exact())
		.addHelpText(
			"after",
			"\nExamples:\n  schemalign diff prisma/schema.prisma db/schema.sql\n  schemalign diff drizzle:src/db ../backup/prod.sql\n  schemalign diff postgresql://localhost/app prisma/schema.prisma\n",
		)
		.action(async (a: string, b: string, _: unknown, command: Command) => {
			const { diff } = await import("./commands/diff.js");
			done(await diff(a, b, command.optsWithGlobals<DiffOptions>(), io));
		});
}

function addSnapshot(program: Command, io: Io, done: (code: number) => void): void {
	addProbe(program.command("snapshot"))
		.description("print all that one source says, as JSON; the file can itself be a source")
		.argument(
			"<source>",
			"a source's id or path, a file, a folder, <adapter>:<path>, or a database's name or URL",
		)
		.addOption(exact())
		.addHelpText(
			"after",
			"\nExamples:\n  schemalign snapshot prod -o prod.json\n  schemalign snapshot db/migrations -o before.json\n  schemalign diff before.json db/migrations\n",
		)
		.action(async (source: string, _: unknown, command: Command) => {
			const { snapshot } = await import("./commands/snapshot.js");
			done(await snapshot(source, command.optsWithGlobals<SnapshotOptions>(), io));
		});
}

function addInit(program: Command, io: Io, done: (code: number) => void): void {
	program
		.command("init")
		.description("write a commented schemalign.config.ts from what is found")
		.argument("[dir]", "the project's folder (default: the working directory)")
		.option("--force", "replace a config that is there")
		.action(async (dir: string | undefined, _: unknown, command: Command) => {
			const { init } = await import("./commands/init.js");
			done(await init(dir, command.optsWithGlobals<InitOptions>(), io));
		});
}

function addExplain(program: Command, io: Io, done: (code: number) => void): void {
	program
		.command("explain")
		.description(
			"tell what a finding's code means, why it matters and how to fix it; without a code: all of them",
		)
		.argument("[code]", "a finding's code, such as column-missing")
		.action(async (code: string | undefined, _: unknown, command: Command) => {
			const { explain } = await import("./commands/explain.js");
			done(await explain(code, command.optsWithGlobals<ExplainOptions>(), io));
		});
}

function addBaseline(program: Command, io: Io, done: (code: number) => void): void {
	program
		.command("baseline")
		.description("accept the findings that are there: from then on `check` reports new ones only")
		.argument("[dir]", "the project's folder (default: the working directory)")
		.option("--update", "accept what is new, remove what is fixed, keep reasons and dates")
		.option("--prune", "remove what is fixed or has expired, accept nothing")
		.option("--reason <text>", "why; for every entry that has no reason yet")
		.option("--expires <date>", "the last day on which new and expired entries are accepted: 2027-01-31")
		.option("--baseline <file>", "the file (default: schemalign.baseline.json)")
		.addHelpText(
			"after",
			'\nExamples:\n  schemalign baseline --reason "before we began to look" --expires 2027-06-30\n  schemalign baseline --prune\n',
		)
		.action(async (dir: string | undefined, _: unknown, command: Command) => {
			const { baseline } = await import("./commands/baseline.js");
			done(await baseline(dir, command.optsWithGlobals<BaselineOptions>(), io));
		});
}

function addOwners(program: Command, io: Io, done: (code: number) => void): void {
	program
		.command("owners")
		.description("show which services create, map and share each table, and whose it is")
		.argument("[dir]", "the project's folder (default: the working directory)")
		.addOption(only())
		.addHelpText("after", "\nExamples:\n  schemalign owners --format markdown -o docs/tables.md\n")
		.action(async (dir: string | undefined, _: unknown, command: Command) => {
			const { owners } = await import("./commands/owners.js");
			done(await owners(dir, command.optsWithGlobals<OwnersOptions>(), io));
		});
}
