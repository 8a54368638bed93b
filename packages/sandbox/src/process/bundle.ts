/** Bundles an adapter's program for the sandbox. */

export interface BundleOptions {
	/** Modules of the engine that cannot be in the sandbox: the end of their path, and the file that stands for them. */
	readonly replace?: readonly { readonly module: RegExp; readonly by: string }[];
	readonly minify?: boolean;
	/** Text at the top, such as the engine's notice. */
	readonly banner?: string;
}

/** One script of the module `input` and all that it imports. */
export async function bundleRuntime(input: string, options: BundleOptions = {}): Promise<string> {
	const { rolldown } = await import("rolldown");
	const bundle = await rolldown({
		input,
		platform: "neutral",
		logLevel: "silent",
		resolve: { mainFields: ["module", "main"], conditionNames: ["source", "import", "default"] },
		plugins: [
			{
				name: "replace",
				async resolveId(source, importer) {
					if (!options.replace || importer === undefined) return undefined;
					const found = await this.resolve(source, importer, { skipSelf: true });
					return options.replace.find(({ module }) => module.test(found?.id ?? source))?.by;
				},
			},
		],
	});
	try {
		const { output } = await bundle.generate({
			format: "iife",
			minify: options.minify === true,
			...(options.banner === undefined ? {} : { banner: options.banner }),
		});
		return output[0].code;
	} finally {
		await bundle.close();
	}
}
