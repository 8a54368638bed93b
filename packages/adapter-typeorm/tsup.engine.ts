import { join } from "node:path";
import { rolldown } from "rolldown";
import { typeormReplacements } from "./src/bundle";

/** TypeORM with the recording runner, for the reader of migrations: its browser build, which asks for no driver. */
export async function bundleEngine(here: string, banner: string): Promise<void> {
	const replacements = typeormReplacements(join(here, "src/runtime"));
	const bundle = await rolldown({
		input: join(here, "src/migrations/engine/typeorm-engine.ts"),
		platform: "node",
		logLevel: "silent",
		external: [/^@schemalign\//, "zod"],
		resolve: { mainFields: ["module", "main"], conditionNames: ["source", "browser", "import", "default"] },
		plugins: [
			{
				name: "browser",
				async resolveId(source, importer) {
					if (importer === undefined) return undefined;
					const wanted = source.replace(/^typeorm(?=$|\/driver\/)/, "typeorm/browser");
					const found = await this.resolve(wanted, importer, { skipSelf: true });
					return replacements.find(({ module }) => module.test(found?.id ?? source))?.by ?? found;
				},
			},
		],
	});
	await bundle.write({ file: join(here, "dist/typeorm-engine.js"), format: "esm", minify: true, banner });
	await bundle.close();
}
