/** Compiles the corpus as programs do it: with TypeScript's own compiler, which knows all types. */

import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import ts from "typescript";

export const corpus = join(import.meta.dirname, "corpus");
/** Beside the packages that the corpus imports, and not in the repository. */
const output = join(import.meta.dirname, "../node_modules/.oracle");

/** The exports of each file of the corpus. */
export function compileCorpus(): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
	const files = readdirSync(corpus).sort();
	const program = ts.createProgram(
		files.map((file) => join(corpus, file)),
		{
			target: ts.ScriptTarget.ES2022,
			module: ts.ModuleKind.CommonJS,
			moduleResolution: ts.ModuleResolutionKind.Node10,
			experimentalDecorators: true,
			emitDecoratorMetadata: true,
			esModuleInterop: true,
			skipLibCheck: true,
			strict: false,
			types: [],
			rootDir: corpus,
			outDir: output,
		},
	);
	mkdirSync(output, { recursive: true });
	writeFileSync(join(output, "package.json"), '{ "type": "commonjs" }');
	program.emit();
	const require = createRequire(join(output, "index.js"));
	return new Map(
		files.map((file) => {
			const exports: Readonly<Record<string, unknown>> = require(`./${file.replace(/\.ts$/, ".js")}`);
			return [file, exports];
		}),
	);
}
