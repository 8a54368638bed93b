/** Connections that a service file names, as libpq reads it (manual, "The Connection Service File"). */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { DatabaseProblem } from "./problem.js";
import type { Environment } from "./target.js";

/**
 * The parameters of the service, by libpq's keywords. The user's own file comes before that of the system.
 * @throws DatabaseProblem if no file has it
 */
export function serviceParameters(name: string, env: Environment): Map<string, string> {
	const files = filesFor(env);
	for (const file of files) {
		const found = sectionOf(read(file), name);
		if (found) return found;
	}
	throw new DatabaseProblem(
		`there is no definition of the service ${JSON.stringify(name)}`,
		`None of ${files.join(", ")} has a section [${name}].`,
		"Check the name in the connection string or in PGSERVICE, or name the file with PGSERVICEFILE.",
	);
}

/** Where libpq looks, and where Debian's and Red Hat's look for the system's file. */
function filesFor(env: Environment): string[] {
	const own = env.PGSERVICEFILE || defaultFile(env);
	const folders = env.PGSYSCONFDIR ? [env.PGSYSCONFDIR] : ["/etc/postgresql-common", "/etc/sysconfig/pgsql"];
	return [own, ...folders.map((folder) => join(folder, "pg_service.conf"))];
}

function defaultFile(env: Environment): string {
	return process.platform === "win32"
		? join(env.APPDATA ?? homedir(), "postgresql", ".pg_service.conf")
		: join(env.HOME || homedir(), ".pg_service.conf");
}

function read(file: string): string {
	try {
		return readFileSync(file, "utf8");
	} catch {
		return "";
	}
}

function sectionOf(text: string, name: string): Map<string, string> | undefined {
	let section: Map<string, string> | undefined;
	for (const line of text.split(/\r?\n/).map((one) => one.trim())) {
		if (line === "" || line.startsWith("#")) continue;
		if (line.startsWith("[")) {
			if (section) return section;
			if (line === `[${name}]`) section = new Map();
		} else if (section) {
			const equals = line.indexOf("=");
			if (equals > 0) section.set(line.slice(0, equals).trim(), line.slice(equals + 1).trim());
		}
	}
	return section;
}
