// The floor: one process that hands the same bytes to the raw parsers and engines and throws the results away.
// Everything that `check` does beyond it is ours: interpreting, comparing, judging, rendering.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [root, listFile] = process.argv.slice(2);
const files = JSON.parse(readFileSync(listFile, "utf8"));
const text = (file) => readFileSync(join(root, file), "utf8");
/** Imports a package as one of our packages sees it. */
const from = async (owner, name) => {
	const require = createRequire(new URL(`../../packages/${owner}/package.json`, import.meta.url));
	return import(pathToFileURL(require.resolve(name)).href);
};

async function sql() {
	const parser = await from("adapter-sql", "libpg-query");
	await parser.loadModule();
	for (const file of files.filter((one) => one.endsWith(".sql"))) parser.parseSync(text(file));
}

async function python() {
	const { parser } = await from("adapter-python", "@lezer/python");
	for (const file of files.filter((one) => one.endsWith(".py"))) parser.parse(text(file));
}

async function drizzle() {
	const { rolldown } = await from("sandbox", "rolldown");
	for (const file of files.filter((one) => one.endsWith(".ts"))) {
		const build = await rolldown({ input: join(root, file), external: /drizzle-orm/, logLevel: "silent" });
		await build.generate({ format: "esm" });
		await build.close();
	}
}

async function prisma() {
	const { emptySchemaDdl } = await import("./prisma-engine.mjs");
	for (const file of files.filter((one) => one.endsWith(".prisma")))
		await emptySchemaDdl(file, text(file), from);
}

await Promise.all([sql(), python(), drizzle(), prisma()]);
