/** Passwords that the connection string does not have: PGPASSWORD and the password file, as libpq reads it (manual, "The Password File"). */
import { readFile, stat } from "node:fs/promises";
import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import { DatabaseProblem } from "./problem.js";
import { type Environment, type Host, hostText, isSocket, type Target } from "./target.js";

/** Asked for when the server asks. @throws DatabaseProblem if there is none, which says where it was looked for */
export async function passwordFor(
	target: Target,
	host: Host,
	env: Environment = process.env,
): Promise<string> {
	if (env.PGPASSWORD) return env.PGPASSWORD;
	const file = target.passFile ?? defaultFile(env);
	const found = await lookUp(file, target, host, env);
	if (found.password !== undefined) return found.password;
	const who = target.user === undefined ? "the role" : `the role ${JSON.stringify(target.user)}`;
	throw new DatabaseProblem(
		`${hostText(host)} asks for a password of ${who}, and none is given`,
		`Neither the URL nor PGPASSWORD has one; ${found.why}.`,
		"Put it into the URL, set PGPASSWORD, or add a line to ~/.pgpass.",
	);
}

function defaultFile(env: Environment): string {
	return process.platform === "win32"
		? join(env.APPDATA ?? homedir(), "postgresql", "pgpass.conf")
		: join(env.HOME || homedir(), ".pgpass");
}

type Found = { readonly password: string } | { readonly password?: undefined; readonly why: string };

/** Rights of the group and of others. */
const OTHERS = 0o077;

async function lookUp(file: string, target: Target, host: Host, env: Environment): Promise<Found> {
	try {
		const stats = await stat(file);
		if (!stats.isFile()) return { why: `the password file ${file} is no file` };
		// libpq does not trust such a file either.
		if (process.platform !== "win32" && (stats.mode & OTHERS) !== 0)
			return { why: `the password file ${file} is passed over: others may read it (chmod 600)` };
		const password = passwordIn(await readFile(file, "utf8"), wanted(target, host, env));
		return password === undefined ? { why: `the password file ${file} has no line for it` } : { password };
	} catch {
		return { why: `there is no password file ${file}` };
	}
}

/** Where distributions have the socket that `localhost` stands for. */
const DEFAULT_SOCKETS = ["/tmp", "/var/run/postgresql", "/run/postgresql"];

/** Host, port, database and user of the connection; a host may have two names. */
function wanted({ user, database }: Target, { host, port }: Host, env: Environment): string[][] {
	const role = user ?? env.USER ?? userInfo().username;
	const hosts = isSocket(host) && DEFAULT_SOCKETS.includes(host) ? [host, "localhost"] : [host];
	return [hosts, [String(port)], [database ?? role], [role]];
}

/** The password of the first line that fits: `host:port:database:user:password`, where `*` is any, `\:` a colon, `\\` a backslash. */
function passwordIn(text: string, fields: readonly (readonly string[])[]): string | undefined {
	for (const line of text.split(/\r?\n/)) {
		if (line === "" || line.startsWith("#")) continue;
		const parts = [...line.matchAll(/((?:\\.|[^:\\])*)(?::|$)/g)].map(([, part = ""]) => part);
		const plain = parts.map((part) => part.replace(/\\(.)/g, "$1"));
		const fits = fields.every((names, at) => parts[at] === "*" || names.includes(plain[at] ?? ""));
		if (fits && plain[fields.length]) return plain[fields.length];
	}
	return undefined;
}
