/**
 * Where a database is and how it is reached: URLs and `key=value` strings as libpq reads them (manual, "Connection
 * Strings"), with the spellings that other tools add (`postgresql+asyncpg://`, `jdbc:postgresql://`).
 */
import { DatabaseProblem } from "./problem.js";
import { serviceParameters } from "./service-file.js";

export const SSL_MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;
export type SslMode = (typeof SSL_MODES)[number];

/** The variables of the environment that count: the process's own by default. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Host {
	/** A name, an address, or the folder of a Unix socket. */
	readonly host: string;
	readonly port: number;
}

export interface Target {
	/** Tried in this order. */
	readonly hosts: readonly Host[];
	readonly user?: string;
	/** Never printed. Without one, PGPASSWORD and the password file are asked. */
	readonly password?: string;
	/** The password file, where it is not the usual one. */
	readonly passFile?: string;
	readonly database?: string;
	readonly sslMode: SslMode;
	/** Paths of PEM files; `system` as the root certificate: those of the system. */
	readonly sslRootCert?: string;
	readonly sslCert?: string;
	readonly sslKey?: string;
	/** Seconds. */
	readonly connectTimeout?: number;
	/** What libpq calls `options`: settings for the session, `-c search_path=…`. */
	readonly options?: string;
}

const DEFAULT_PORT = 5432;
/** What libpq knows (manual, "Parameter Key Words"). */
const KEYWORDS: ReadonlySet<string> = new Set(
	`host hostaddr port dbname user password passfile require_auth channel_binding connect_timeout client_encoding options application_name
	fallback_application_name keepalives keepalives_idle keepalives_interval keepalives_count tcp_user_timeout replication gssencmode sslmode
	requiressl sslnegotiation sslcompression sslcert sslkey sslpassword sslcertmode sslrootcert sslcrl sslcrldir sslsni requirepeer
	ssl_min_protocol_version ssl_max_protocol_version min_protocol_version max_protocol_version krbsrvname gsslib gssdelegation scram_client_key
	scram_server_key service target_session_attrs load_balance_hosts oauth_issuer oauth_client_id oauth_client_secret oauth_scope sslkeylogfile`.split(
		/\s+/,
	),
);
const SCHEME = /^(?:jdbc:)?postgres(?:ql)?(?:\+\w+)?:\/\//i;

/** Whether the text is the URL of a Postgres database, or names one by libpq's keywords: `host=… dbname=…`, `service=…`. */
export function isConnectionString(text: string): boolean {
	const trimmed = text.trim();
	if (SCHEME.test(trimmed)) return true;
	const [key = ""] = trimmed.split("=", 1);
	return KEYWORDS.has(key.trim()) && !SCHEME.test(trimmed.slice(trimmed.indexOf("=") + 1).trim());
}

/**
 * Reads a connection string.
 * @throws DatabaseProblem if it is none; the message does not repeat it.
 */
export function parseTarget(text: string, env: Environment = process.env): Target {
	const trimmed = text.trim();
	if (trimmed === "") {
		throw new DatabaseProblem(
			"the connection string is empty",
			"There is nothing to connect to.",
			"Set it to postgresql://user:<password>@host:5432/database.",
		);
	}
	return settle(SCHEME.test(trimmed) ? readUrl(trimmed) : readPairs(trimmed), env);
}

/** What the database is called in messages: host, port and name, without user and password. */
export function placeOf({ hosts, database }: Target): string {
	const [first] = hosts;
	const host = first ? hostText(first) : "localhost";
	return database === undefined ? host : `${host}/${database}`;
}

/** `db.example.com:5432`, or the folder of the socket. */
export function hostText({ host, port }: Host): string {
	if (isSocket(host)) return host;
	return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Whether the host is the folder of a Unix socket. */
export function isSocket(host: string): boolean {
	return host.startsWith("/") || host.startsWith("@");
}

type Parameters = Map<string, string>;

function malformed(why: string): DatabaseProblem {
	return new DatabaseProblem(
		"the connection string cannot be read",
		why,
		"Write postgresql://user:<password>@host:5432/database, with / ? @ : % and blanks in the password percent-encoded (%2F %3F %40 %3A %25 %20).",
	);
}

function readUrl(text: string): Parameters {
	const rest = text.replace(SCHEME, "");
	const end = rest.search(/[/?]/);
	const authority = end === -1 ? rest : rest.slice(0, end);
	const tail = end === -1 ? "" : rest.slice(end);
	const at = authority.lastIndexOf("@");
	if (at === -1 && tail.split("?")[0]?.includes("@")) {
		throw malformed("An @ stands behind the first / or ?: user or password hold such a sign as it is.");
	}
	const query = tail.indexOf("?");
	const path = (query === -1 ? tail : tail.slice(0, query)).replace(/^\//, "");
	const parameters: Parameters = new Map();
	readCredentials(parameters, authority.slice(0, Math.max(at, 0)));
	readHosts(parameters, authority.slice(at + 1));
	if (path !== "") parameters.set("dbname", decode(path));
	if (query !== -1) readQuery(parameters, tail.slice(query + 1));
	return parameters;
}

function readCredentials(parameters: Parameters, text: string): void {
	const colon = text.indexOf(":");
	const user = colon === -1 ? text : text.slice(0, colon);
	if (user !== "") parameters.set("user", decode(user));
	if (colon !== -1) parameters.set("password", decode(text.slice(colon + 1)));
}

const HOST = /^(?:\[(?<address>[^\]]*)\]|(?<name>[^:[\]]*))(?::(?<port>\d*))?$/;

function readHosts(parameters: Parameters, text: string): void {
	if (text === "") return;
	const hosts = text.split(",").map((one) => {
		const groups = HOST.exec(one)?.groups;
		if (!groups) throw malformed("Its host or port is not written as host:port.");
		return { host: decode(groups.address ?? groups.name ?? ""), port: groups.port ?? "" };
	});
	if (hosts.some(({ host }) => host !== "")) parameters.set("host", hosts.map(({ host }) => host).join(","));
	if (hosts.some(({ port }) => port !== "")) parameters.set("port", hosts.map(({ port }) => port).join(","));
}

function readQuery(parameters: Parameters, text: string): void {
	for (const pair of text.split("&").filter((one) => one !== "")) {
		const equals = pair.indexOf("=");
		const key = decode(equals === -1 ? pair : pair.slice(0, equals));
		parameters.set(key, equals === -1 ? "" : decode(pair.slice(equals + 1).replaceAll("+", "%20")));
	}
	// The spellings of JDBC and of node drivers.
	const ssl = parameters.get("ssl");
	if (ssl !== undefined && !parameters.has("sslmode"))
		parameters.set("sslmode", /^(?:true|1|)$/i.test(ssl) ? "require" : ssl === "false" ? "disable" : ssl);
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		throw malformed("A % in it does not begin a percent-encoded sign.");
	}
}

const PAIR = /\s*(?<key>\w+)\s*=\s*(?:'(?<quoted>(?:[^'\\]|\\.)*)'|(?<bare>(?:[^\s'\\]|\\.)*))(?=\s|$)/gsy;

function readPairs(text: string): Parameters {
	const parameters: Parameters = new Map();
	let end = 0;
	for (const match of text.matchAll(PAIR)) {
		const { key = "", quoted, bare = "" } = match.groups ?? {};
		parameters.set(key, (quoted ?? bare).replace(/\\(.)/gs, "$1"));
		end = match.index + match[0].length;
	}
	if (parameters.size === 0 || text.slice(end).trim() !== "")
		throw malformed("It is neither a URL nor a list of key=value.");
	if ([...parameters.keys()].some((key) => !KEYWORDS.has(key)))
		throw malformed("It is no URL, and a key of its key=value list is none that libpq knows.");
	return parameters;
}

function settle(parameters: Parameters, env: Environment): Target {
	const service = parameters.get("service") || env.PGSERVICE;
	const named: Parameters = service ? serviceParameters(service, env) : new Map();
	const value = (key: string, variable: string): string | undefined =>
		parameters.get(key) || named.get(key) || env[variable] || undefined;
	const user = value("user", "PGUSER");
	const password = parameters.get("password") ?? named.get("password");
	const passFile = value("passfile", "PGPASSFILE");
	const database = value("dbname", "PGDATABASE");
	const timeout = Number(value("connect_timeout", "PGCONNECT_TIMEOUT"));
	const options = value("options", "PGOPTIONS");
	const rootCert = value("sslrootcert", "PGSSLROOTCERT");
	const cert = value("sslcert", "PGSSLCERT");
	const key = value("sslkey", "PGSSLKEY");
	return {
		hosts: hostsOf(value("hostaddr", "PGHOSTADDR") ?? value("host", "PGHOST"), value("port", "PGPORT")),
		...(user === undefined ? {} : { user }),
		...(password === undefined ? {} : { password }),
		...(passFile === undefined ? {} : { passFile }),
		...(database === undefined ? {} : { database }),
		sslMode: sslModeOf(value("sslmode", "PGSSLMODE"), rootCert),
		...(rootCert === undefined ? {} : { sslRootCert: rootCert }),
		...(cert === undefined ? {} : { sslCert: cert }),
		...(key === undefined ? {} : { sslKey: key }),
		...(timeout > 0 ? { connectTimeout: timeout } : {}),
		...(options === undefined ? {} : { options }),
	};
}

function hostsOf(host: string | undefined, port: string | undefined): Host[] {
	const ports = (port ?? "").split(",").map((text) => portOf(text.trim()));
	return (host ?? "localhost").split(",").map((name, at) => ({
		host: name.trim() || "localhost",
		port: ports[at] ?? ports[0] ?? DEFAULT_PORT,
	}));
}

function portOf(text: string): number {
	if (text === "") return DEFAULT_PORT;
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw malformed("Its port is no number from 1 to 65535.");
}

function sslModeOf(text: string | undefined, rootCert: string | undefined): SslMode {
	if (text === undefined || text === "") return rootCert === "system" ? "verify-full" : "prefer";
	// node-postgres's own word for TLS without a check.
	if (text === "no-verify") return "require";
	const mode = SSL_MODES.find((one) => one === text);
	if (mode) return mode;
	throw new DatabaseProblem(
		"the connection string has an sslmode that does not exist",
		`libpq knows ${SSL_MODES.join(", ")}.`,
		"Use one of these.",
	);
}
