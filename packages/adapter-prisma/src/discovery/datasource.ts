/** What a datasource block says about the database. Never its URL: that is a secret. */
import { readList, readString } from "../text/attributes.js";
import type { Block } from "../text/scan.js";
import { property } from "../text/schema.js";

export type Provider =
	| { readonly is: "postgres" }
	| { readonly is: "other"; readonly database: string }
	/** Chosen at run time, as Prisma 1 and 2 allowed. */
	| { readonly is: "open"; readonly why: string };

const DATABASES: Readonly<Record<string, string>> = {
	mysql: "MySQL",
	sqlite: "SQLite",
	mongodb: "MongoDB",
	sqlserver: "SQL Server",
	cockroachdb: "CockroachDB",
};

/** For which database the datasource is. */
export function providerOf(datasource: Block): Provider {
	const value = property(datasource, "provider")?.value ?? "";
	// What follows the string is an error, which is the engine's to tell.
	const text = /^"[^"]*"/.exec(value)?.[0] ?? value;
	const names = readList(text).map((item) => readString(item));
	if (names.length === 0 || names.includes(undefined)) {
		const variable = environmentVariable(text);
		return { is: "open", why: variable ? `the environment variable ${variable}` : "something not static" };
	}
	if (names.some((name) => name === "postgresql" || name === "postgres" || name === "prisma+postgres")) {
		return { is: "postgres" };
	}
	const name = names[0] ?? "";
	return { is: "other", database: DATABASES[name] ?? `“${name}”` };
}

/** The environment variable that holds the URL, where the datasource names one. */
export function urlVariable(datasource: Block): string | undefined {
	const url = property(datasource, "url");
	return url && environmentVariable(url.value);
}

/** The name in `env("NAME")`, `env('NAME')`, `process.env.NAME` or `process.env["NAME"]`. */
export function environmentVariable(text: string): string | undefined {
	return /\benv(?:\s*<[^>]*>)?\s*\(\s*["'`](\w+)["'`]|\bprocess\.env(?:\.|\[\s*["'`])(\w+)/
		.exec(text)
		?.slice(1)
		.find((name) => name !== undefined);
}
