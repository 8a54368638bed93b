/** TLS as libpq's `sslmode` means it (manual, "SSL Support"): which ways to try, and what each checks. */
import { readFile } from "node:fs/promises";
import type { ConnectionOptions } from "node:tls";
import { DatabaseProblem } from "./problem.js";
import { type Host, isSocket, type SslMode, type Target } from "./target.js";

/** One way to connect: without TLS, or with these options. */
export type Encryption = false | ConnectionOptions;

/** How modes order the ways; a check of the certificate is added where the mode, or a root certificate, asks for it. */
const WAYS: Readonly<Record<SslMode, readonly ("plain" | "tls")[]>> = {
	disable: ["plain"],
	allow: ["plain", "tls"],
	prefer: ["tls", "plain"],
	require: ["tls"],
	"verify-ca": ["tls"],
	"verify-full": ["tls"],
};

/**
 * The ways to try, in order. A Unix socket is never encrypted.
 * @throws DatabaseProblem if a certificate file cannot be read.
 */
export async function encryptionsOf(target: Target, host: Host): Promise<Encryption[]> {
	if (isSocket(host.host)) return [false];
	const ways = WAYS[target.sslMode];
	const tls = ways.includes("tls") ? await tlsOptions(target) : {};
	return ways.map((way) => (way === "plain" ? false : tls));
}

async function tlsOptions(target: Target): Promise<ConnectionOptions> {
	const { sslMode, sslRootCert, sslCert, sslKey } = target;
	const ca = sslRootCert === undefined || sslRootCert === "system" ? undefined : await pem(sslRootCert);
	// With a root certificate, `require` checks as `verify-ca` does: libpq keeps it for older programs.
	const checks = sslMode.startsWith("verify") || (sslMode === "require" && ca !== undefined);
	return {
		rejectUnauthorized: checks,
		...(sslMode === "verify-full" ? {} : { checkServerIdentity: () => undefined }),
		...(ca === undefined ? {} : { ca }),
		...(sslCert === undefined ? {} : { cert: await pem(sslCert) }),
		...(sslKey === undefined ? {} : { key: await pem(sslKey) }),
	};
}

async function pem(path: string): Promise<string> {
	try {
		return await readFile(path, "utf8");
	} catch {
		throw new DatabaseProblem(
			`the certificate file ${path} cannot be read`,
			"The connection string names it.",
			"Check the path and the right to read it.",
		);
	}
}
