import { describe, expect, it } from "vitest";
import { requireSupported } from "../src/catalog/fetch.js";

const server = (version: number, product: string) => ({
	version,
	product,
	standby: false,
	encoding: "UTF8",
	database: "shop",
});

describe("the servers that can be read", () => {
	it.each([
		[120000, "PostgreSQL 12.0 on x86_64"],
		[180006, "PostgreSQL 18.6 (Debian 18.6-1) on x86_64"],
	])("%s", (version, product) => {
		expect(() => requireSupported(server(version, product))).not.toThrow();
	});

	it.each([
		[110022, "PostgreSQL 11.22 on x86_64", "Postgres 11.22; from 12 on"],
		[80002, "PostgreSQL 8.0.2 on i686-pc-linux-gnu, Redshift 1.0.1", "not Postgres"],
		[130000, "CockroachDB CCL v23.1", "is CockroachDB, not Postgres"],
	])("not %s %s", (version, product, message) => {
		expect(() => requireSupported(server(version, product))).toThrow(message);
	});
});
