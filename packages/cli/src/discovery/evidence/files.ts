/** Which files hold traces, and what is in each. */
import { baseOf, folderOf } from "@schemalign/core";
import { z } from "zod";
import { type Block, type Mount, type ScriptLine, type Traces, weightOfName } from "./block.js";
import { execForm, yamlScripts } from "./yaml-scripts.js";

type ReadTraces = (path: string, text: string) => Traces;

const NOTHING: Traces = { blocks: [], mounts: [] };

const FORMS: readonly (readonly [RegExp, ReadTraces])[] = [
	[/(^|\/)package\.json$/, packageScripts],
	[/(^|\/)(?:[\w.-]+\.)?(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$/i, dockerfile],
	[/(^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/i, compose],
	[/^\.github\/workflows\/[^/]+\.ya?ml$/, workflow],
	[
		/(^|\/)(?:\.gitlab-ci|bitbucket-pipelines|azure-pipelines|cloudbuild|buildspec|\.travis)\.ya?ml$/,
		workflow,
	],
	[/^\.circleci\/config\.ya?ml$/, workflow],
	[/(^|\/)(?:render|app|heroku)\.ya?ml$/, hosting],
	[/(^|\/)(?:Makefile|GNUmakefile|makefile|justfile|Justfile)$|\.mk$/, recipes],
	[/(^|\/)Taskfile\.ya?ml$/, taskfile],
	[/(^|\/)Procfile$/, procfile],
	[/(^|\/)(?:fly|railway|nixpacks)[\w.-]*\.toml$/, toml],
	[/\.(?:sh|bash|zsh)$/, shellScript],
];

/** Whether the file is worth opening for traces. */
export function mayHoldTraces(path: string): boolean {
	return FORMS.some(([pattern]) => pattern.test(path));
}

/** The traces in one file. Never throws: what cannot be read as its form holds none. */
export function tracesIn(path: string, text: string): Traces {
	const form = FORMS.find(([pattern]) => pattern.test(path));
	return form ? form[1](path, text) : NOTHING;
}

const packageSchema = z.object({ scripts: z.record(z.string(), z.unknown()).optional() });

function packageScripts(path: string, text: string): Traces {
	const scripts = parsePackage(text)?.scripts ?? {};
	const lines = text.split("\n");
	const blocks = Object.entries(scripts).flatMap(([name, command]): Block[] => {
		if (typeof command !== "string") return [];
		const at = lines.findIndex(
			(line) => line.includes(`${JSON.stringify(name)}:`) && line.includes(command.slice(0, 8)),
		);
		const line = at === -1 ? 1 : at + 1;
		const weight = weightOfName(
			name.replace(/^(?:start|prestart|heroku-postbuild|vercel-build)$/, "deploy"),
			"local",
		);
		const who = `the npm script \`${name}\``;
		return [{ file: path, dir: folderOf(path), who, name, weight, lines: [{ text: command, line }] }];
	});
	return { blocks, mounts: [] };
}

function parsePackage(text: string): z.infer<typeof packageSchema> | undefined {
	try {
		const parsed = packageSchema.safeParse(JSON.parse(text));
		return parsed.success ? parsed.data : undefined;
	} catch {
		return undefined;
	}
}

const INITDB = "docker-entrypoint-initdb.d";

function dockerfile(path: string, text: string): Traces {
	const name = baseOf(path);
	const isLocal = /(?:^|[^a-z])(?:dev|development|local|test)(?:[^a-z]|$)/i.test(path);
	const weight = isLocal ? "local" : "deployment";
	const lines: ScriptLine[] = [];
	const mounts: Mount[] = [];
	for (const { text: instruction, line } of instructions(text)) {
		const match = /^\s*(RUN|CMD|ENTRYPOINT|COPY|ADD)\s+(.*)$/is.exec(instruction);
		const rest = match?.[2]?.trim() ?? "";
		if (!match) continue;
		if (/^(?:COPY|ADD)$/i.test(match[1] ?? "")) {
			if (!rest.includes(INITDB)) continue;
			for (const copied of copiedPaths(rest)) {
				const who = `${name} copies it into ${INITDB}`;
				mounts.push({ file: path, line, dir: folderOf(path), path: copied, who, weight: "local" });
			}
		} else lines.push({ text: rest.startsWith("[") ? execForm(rest) : rest, line });
	}
	return { blocks: [{ file: path, dir: folderOf(path), who: `the ${name}`, weight, lines }], mounts };
}

function instructions(text: string): ScriptLine[] {
	const found: ScriptLine[] = [];
	let continued = false;
	for (const [at, line] of text.split(/\r?\n/).entries()) {
		const last = found.at(-1);
		if (continued && last)
			found[found.length - 1] = { text: `${last.text} ${line.replace(/\\\s*$/, "")}`, line: last.line };
		else found.push({ text: line.replace(/\\\s*$/, ""), line: at + 1 });
		continued = /\\\s*$/.test(line);
	}
	return found;
}

function copiedPaths(rest: string): string[] {
	const words = (rest.startsWith("[") ? execForm(rest) : rest)
		.split(/\s+/)
		.filter((word) => !word.startsWith("--"));
	return words.slice(0, -1);
}

function compose(path: string, text: string): Traces {
	const weight = weightOfName(baseOf(path), "local");
	const mounts: Mount[] = [];
	const lines = text.split(/\r?\n/);
	for (const [at, line] of lines.entries()) {
		if (!line.includes(INITDB) || /^\s*#/.test(line)) continue;
		const source = mountedPath(lines, at);
		if (source === undefined || source.includes("$")) continue;
		const who = `${baseOf(path)} mounts it into ${INITDB}`;
		mounts.push({ file: path, line: at + 1, dir: folderOf(path), path: source, who, weight });
	}
	const scripts = yamlScripts(text, (key) => key === "command" || key === "entrypoint");
	const blocks = scripts.map((script): Block => {
		const service = script.keys.at(-2) ?? "";
		return {
			file: path,
			dir: folderOf(path),
			who: `the service \`${service}\``,
			weight,
			lines: script.lines,
		};
	});
	return { blocks, mounts };
}

/** The host's side of a volume, in the short form `./a:/b` or the long form with `source:` beside `target:`. */
function mountedPath(lines: readonly string[], at: number): string | undefined {
	const short = /^\s*-\s*["']?([^\s"':]+):\/[^\s"']*docker-entrypoint-initdb\.d/.exec(lines[at] ?? "");
	if (short) return /^[./]|\//.test(short[1] ?? "") || (short[1] ?? "").includes(".") ? short[1] : undefined;
	if (!/^\s*(?:-\s*)?target:/.test(lines[at] ?? "")) return undefined;
	const near = [...lines.slice(Math.max(0, at - 3), at).reverse(), ...lines.slice(at + 1, at + 4)];
	for (const line of near) {
		const source = /^\s*(?:-\s*)?source:\s*["']?([^\s"']+)/.exec(line);
		if (source) return source[1];
	}
	return undefined;
}

const CI_KEYS = new Set(["run", "script", "before_script", "after_script", "command", "commands", "args"]);

function workflow(path: string, text: string): Traces {
	const title = /^name:\s*(.+)$/m.exec(text)?.[1] ?? "";
	const general = weightOfName(`${baseOf(path).replace(/\.ya?ml$/, "")} ${title}`, "ci");
	const blocks = yamlScripts(text, (key) => CI_KEYS.has(key)).map((script): Block => {
		const job = script.keys.find((key) => key !== "jobs" && key !== "steps") ?? "";
		const weight = general === "deployment" ? general : weightOfName(job, "ci");
		const who =
			weight === "deployment" ? `the deploy workflow ${baseOf(path)}` : `the CI workflow ${baseOf(path)}`;
		return { file: path, dir: "", who, weight, lines: script.lines };
	});
	return { blocks, mounts: [] };
}

const HOSTING_KEY =
	/^(?:build|start|preDeploy|release|initial_?Deploy)_?Command$|^(?:release|run_command|build_command|command)$/i;

function hosting(path: string, text: string): Traces {
	const blocks = yamlScripts(text, (key) => HOSTING_KEY.test(key)).map(
		(script): Block => ({
			file: path,
			dir: folderOf(path),
			who: `\`${script.keys.at(-1) ?? ""}\` in ${baseOf(path)}`,
			weight: "deployment",
			lines: script.lines,
		}),
	);
	return { blocks, mounts: [] };
}

function taskfile(path: string, text: string): Traces {
	const blocks = yamlScripts(text, (key) => key === "cmds" || key === "cmd").map((script): Block => {
		const name = script.keys.at(-2) ?? "";
		const weight = weightOfName(name, "local");
		return {
			file: path,
			dir: folderOf(path),
			who: `the task \`${name}\``,
			name,
			weight,
			lines: script.lines,
		};
	});
	return { blocks, mounts: [] };
}

/** Makefiles and justfiles: a header without indentation, then indented lines. */
function recipes(path: string, text: string): Traces {
	const blocks: (Block & { lines: ScriptLine[] })[] = [];
	for (const [at, line] of text.split(/\r?\n/).entries()) {
		const header = /^@?([A-Za-z_][\w./-]*)(?:\s+[^:=]*)?:(?!=)/.exec(line);
		if (header) {
			const name = header[1] ?? "";
			const weight = weightOfName(name, "local");
			blocks.push({
				file: path,
				dir: folderOf(path),
				who: `the target \`${name}\` of ${baseOf(path)}`,
				name,
				weight,
				lines: [],
			});
		} else if (/^\s+\S/.test(line)) {
			blocks.at(-1)?.lines.push({
				text: line
					.trim()
					.replace(/^[@-]+/, "")
					.replaceAll("$$", "$"),
				line: at + 1,
			});
		}
	}
	return { blocks, mounts: [] };
}

function procfile(path: string, text: string): Traces {
	const blocks = text.split(/\r?\n/).flatMap((line, at): Block[] => {
		const match = /^([\w-]+):\s*(.+)$/.exec(line);
		if (!match) return [];
		const who = `\`${match[1] ?? ""}\` in the Procfile`;
		return [
			{
				file: path,
				dir: folderOf(path),
				who,
				weight: "deployment",
				lines: [{ text: match[2] ?? "", line: at + 1 }],
			},
		];
	});
	return { blocks, mounts: [] };
}

function toml(path: string, text: string): Traces {
	const blocks = text.split(/\r?\n/).flatMap((line, at): Block[] => {
		const match =
			/^\s*(release_command|startCommand|buildCommand|preDeployCommand|cmd)\s*=\s*(["'])(.*)\2\s*(?:#.*)?$/.exec(
				line,
			);
		if (!match) return [];
		const who = `\`${match[1] ?? ""}\` in ${baseOf(path)}`;
		return [
			{
				file: path,
				dir: folderOf(path),
				who,
				weight: "deployment",
				lines: [{ text: match[3] ?? "", line: at + 1 }],
			},
		];
	});
	return { blocks, mounts: [] };
}

function shellScript(path: string, text: string): Traces {
	const name = baseOf(path).replace(/\.\w+$/, "");
	const weight = /entrypoint/i.test(name) ? "deployment" : weightOfName(name, "local");
	const lines = text.split(/\r?\n/).map((line, at) => ({ text: line, line: at + 1 }));
	return {
		blocks: [{ file: path, dir: folderOf(path), who: `the script ${baseOf(path)}`, weight, lines }],
		mounts: [],
	};
}
