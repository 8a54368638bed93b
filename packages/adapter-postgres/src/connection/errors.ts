/** Errors of `pg`, the network, TLS and the server, in words that say what to do. */
import { DatabaseProblem } from "./problem.js";
import { type Host, hostText, type Target } from "./target.js";

interface Told {
	readonly what: string;
	readonly why: string;
	readonly help: string;
}

/** `message` is what was said, to be shown; `raw` the same as it came, to be recognised by. */
type Tell = (place: string, target: Target, message: string, raw: string) => Told;

const TLS_UNTRUSTED: Tell = (place) => ({
	what: `the certificate of ${place} is not trusted`,
	why: "No certificate authority that this machine knows has signed it (it may be self-signed).",
	help: "Give the authority's certificate with sslrootcert=<file>, or encrypt without a check: sslmode=require without sslrootcert.",
});

const TOO_LONG: Tell = (place) => ({
	what: `${place} does not answer`,
	why: "Nothing came back in time: a firewall may drop the packets, or what listens there is not Postgres.",
	help: "Check host, port and network; connect_timeout=<seconds> in the URL allows more time.",
});

const GONE: Tell = (place) => ({
	what: `${place} ended the connection while it was read`,
	why: "The server was stopped, or an administrator or a proxy closed the session. What had been read is not used.",
	help: "Run it again when the server is up.",
});

const NO_DATABASE: Tell = (place, target) => ({
	what: `there is no database ${JSON.stringify(target.database ?? target.user ?? "")} on ${place}`,
	why: "The server is there and knows the role, but has no database of that name.",
	help: "Check the name behind the last / of the URL.",
});

/** By the codes of Node, OpenSSL and Postgres (manual, appendix "PostgreSQL Error Codes"). */
const BY_CODE: Readonly<Record<string, Tell>> = {
	ENOTFOUND: (place) => ({
		what: `there is no host of the name in ${place}`,
		why: "The name cannot be resolved.",
		help: "Check the host's spelling, and whether this machine may reach that network.",
	}),
	ECONNREFUSED: (place) => ({
		what: `${place} refuses the connection`,
		why: "The host is there, but nothing listens on that port.",
		help: "Check the port, and whether the server runs and listens on that address.",
	}),
	ENOENT: (place) => ({
		what: `there is no socket of a Postgres server in ${place}`,
		why: "The server does not run, or its socket lies elsewhere (unix_socket_directories) or has another port.",
		help: "Name the folder with ?host=/var/run/postgresql, and the port that stands in the socket's name.",
	}),
	EACCES: (place) => ({
		what: `this user may not open the socket in ${place}`,
		why: "The operating system forbids it.",
		help: "Run as a user that may, or connect over TCP.",
	}),
	ETIMEDOUT: TOO_LONG,
	EHOSTUNREACH: TOO_LONG,
	ENETUNREACH: TOO_LONG,
	ECONNRESET: GONE,
	EPIPE: GONE,
	DEPTH_ZERO_SELF_SIGNED_CERT: TLS_UNTRUSTED,
	SELF_SIGNED_CERT_IN_CHAIN: TLS_UNTRUSTED,
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: TLS_UNTRUSTED,
	UNABLE_TO_GET_ISSUER_CERT: TLS_UNTRUSTED,
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: TLS_UNTRUSTED,
	CERT_HAS_EXPIRED: (place) => ({
		what: `the certificate of ${place} has expired`,
		why: "The sslmode asks for a valid one.",
		help: "Renew it on the server.",
	}),
	ERR_TLS_CERT_ALTNAME_INVALID: (place) => ({
		what: `the certificate of ${place} is for another host`,
		why: "sslmode=verify-full asks that the certificate names the host of the URL.",
		help: "Use the name in the certificate, or sslmode=verify-ca.",
	}),
	"28P01": (place, target) => ({
		what: `${place} rejects the password of ${user(target)}`,
		why: "The password is wrong, or the role does not exist or has none.",
		help: "Check the password in the URL (percent-encoded), in PGPASSWORD or in the password file.",
	}),
	"28000": (place, target, message, raw) =>
		/no encryption|SSL off/i.test(raw)
			? {
					what: `${place} accepts ${user(target)} only with TLS`,
					why: "pg_hba.conf has no entry for an unencrypted connection.",
					help: "Add sslmode=require to the URL.",
				}
			: {
					what: `${place} does not let ${user(target)} in`,
					why: message,
					help: "Check role and database, and the server's pg_hba.conf or allowed networks.",
				},
	"3D000": NO_DATABASE,
	"42501": (place, target, message) => ({
		what: `${user(target)} may not read ${place}`,
		why: message,
		help: "The role needs CONNECT on the database and the catalogs, which every role may read by default.",
	}),
	"53300": (place, _, message, raw) => ({
		what: `${place} has no free connection`,
		why: /for (?:role|database)/.test(raw)
			? `It says: ${message} (CONNECTION LIMIT).`
			: "All of its connections (max_connections, or the pool's) are in use.",
		help: "Try again later, or use the pooler's URL.",
	}),
	"57P03": (place) => ({
		what: `${place} does not accept connections now`,
		why: "The server is starting, stopping or recovering.",
		help: "Run it again when the server is up.",
	}),
	"55P03": (place) => ({
		what: `${place} was not read: another session holds a lock`,
		why: "A catalog is locked (VACUUM FULL or REINDEX on it, or a long DDL transaction). We do not wait for it.",
		help: "Run it again when that session has ended.",
	}),
	"57014": (place) => ({
		what: `a catalog query on ${place} took too long`,
		why: "It ran into the statement timeout, or an administrator cancelled it.",
		help: "Run it again when the server has less to do; SCHEMALIGN_TIMEOUT=<seconds> allows more time.",
	}),
	"40001": (place) => ({
		what: `${place}, a standby, cancelled the reading`,
		why: "It had to replay a change of the primary that the reading stood in the way of: a dropped table, a vacuum.",
		help: "Run it again, or read the primary; max_standby_streaming_delay on the standby lets readings go on for longer.",
	}),
	"57P01": GONE,
	"57P02": GONE,
	"57P05": GONE,
	"25P03": GONE,
};

/** PgBouncer's own errors all have the code 08P01. */
const BY_MESSAGE: readonly (readonly [RegExp, Tell])[] = [
	[/no such database|database ".*" does not exist/i, NO_DATABASE],
	[
		/statement pooling mode/i,
		(place) => ({
			what: `the pooler at ${place} does not allow transactions`,
			why: "It gives each statement another session (pool_mode = statement): what was read would not be of one moment.",
			help: "Name the server itself, or a pool in transaction or session mode.",
		}),
	],
	[
		/query_wait_timeout|no more connections allowed|server login failed|cannot connect to server|server_connect_timeout/i,
		(place, _, message) => ({
			what: `the pooler at ${place} has no session with the server`,
			why: `It says: ${message}.`,
			help: "Check that the server behind the pooler runs and has free connections; try again later.",
		}),
	],
	[
		/does not support SSL/i,
		(place, target) => ({
			what: `${place} does not speak TLS`,
			why: `sslmode=${target.sslMode} asks for it.`,
			help: "Use sslmode=prefer or disable where the network is trusted, or set the server up for TLS.",
		}),
	],
	[
		/error establishing an SSL|invalid response|unknown message|wrong version number|packet length/i,
		(place) => ({
			what: `what answers at ${place} is not Postgres`,
			why: "Its answer is not of the Postgres protocol: another server (HTTP?) listens on that port.",
			help: "Check host and port.",
		}),
	],
	[
		/password must be a string|no password|empty password/i,
		(place, target) => ({
			what: `${place} asks for a password of ${user(target)}, and none is given`,
			why: "Neither the URL nor PGPASSWORD nor the password file has one.",
			help: "Put it into the URL, set PGPASSWORD, or add a line to ~/.pgpass.",
		}),
	],
	[/timeout/i, TOO_LONG],
	[/terminated|closed|ended|socket hang up|not queryable/i, GONE],
];

/** The problem that an error of the driver or the server tells of. */
export function problemOf(
	error: unknown,
	target: Target,
	host: Host | undefined,
	ready: boolean,
): DatabaseProblem {
	if (error instanceof DatabaseProblem) return error;
	const code = codeOf(error);
	const place = host ? hostText(host) : "the database";
	const told = tell(code, textOf(error), place, target, ready);
	const state = code === undefined ? "" : ` (${code})`;
	return new DatabaseProblem(`${told.what}${state}`, sentence(told.why), told.help, code);
}

function sentence(text: string): string {
	return /[^.!?]$/.test(text) ? `${text}.` : text;
}

function tell(code: string | undefined, raw: string, place: string, target: Target, ready: boolean): Told {
	const message = clean(raw, target);
	const known = BY_CODE[code ?? ""] ?? BY_MESSAGE.find(([pattern]) => pattern.test(raw))?.[1];
	if (known === GONE && !ready) {
		return {
			what: `${place} ends the connection at once`,
			why: "What listens there is not Postgres, or the server or a proxy turns this client away.",
			help: "Check host and port, whether TLS is wanted (sslmode=require), and the allowed networks.",
		};
	}
	if (known) return known(place, target, message, raw);
	if (code?.startsWith("ERR_SSL") || code === "EPROTO") {
		return {
			what: `TLS with ${place} cannot be set up`,
			why: message,
			help: "Check the port, and the TLS versions that the server allows.",
		};
	}
	return {
		what: `${place} could not be read`,
		why: message || "The driver gives no reason.",
		help: "Check that the URL opens the database with psql.",
	};
}

function user({ user: name }: Target): string {
	return name === undefined ? "the role" : `the role ${JSON.stringify(name)}`;
}

/** The code of the error, or of the first one where the driver has tried several addresses. */
export function codeOf(error: unknown): string | undefined {
	if (typeof error !== "object" || error === null) return undefined;
	if ("code" in error && typeof error.code === "string") return error.code;
	if (error instanceof AggregateError) return codeOf(error.errors[0]);
	return undefined;
}

/** The message of the error, or of the first one where the driver has tried several addresses. */
export function textOf(error: unknown): string {
	if (error instanceof AggregateError && error.message === "") return textOf(error.errors[0]);
	return error instanceof Error ? error.message : String(error);
}

/** From this length on a password is hidden also within a word. */
const TELLING = 8;

/**
 * The text without the password, however it is written. A short one is hidden as a word only, and one that is the name of role, database or
 * host not at all: where a letter of other words or a name is hidden, what is hidden can be guessed.
 */
function clean(text: string, { password, user: role, database, hosts }: Target): string {
	if (!password || [role, database, ...hosts.map(({ host }) => host)].includes(password)) return text;
	return [password, encodeURIComponent(password)].reduce((left, secret) => {
		if (secret.length >= TELLING) return left.replaceAll(secret, "***");
		const literal = secret.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
		return left.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${literal}(?![\\p{L}\\p{N}_])`, "gu"), "***");
	}, text);
}
