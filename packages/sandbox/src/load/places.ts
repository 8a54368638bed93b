/** Gives the places of calls to the sandbox: V8's stack traces take long in large modules. */
export class CallMarker {
	readonly #pattern: RegExp;
	readonly #words: readonly string[];

	/** @param methods names of methods whose calls get their place as an additional first argument */
	constructor(methods: readonly string[]) {
		const marked = methods.length > 0 ? `|\\.(${methods.join("|")})\\((?=[([])` : "";
		this.#words = ["__vite_ssr_import_", ...methods.map((method) => `.${method}(`)];
		this.#pattern = new RegExp(
			`\\(0, (__vite_ssr_import_\\d+__\\.\\w+)\\)\\(|(?<!new )(?<![\\w.])(__vite_ssr_import_\\d+__\\.\\w+)\\(${marked}`,
			"g",
		);
	}

	/** `code` of the module transform, with calls of what is imported and of the methods marked. */
	mark(code: string): string {
		const lines = code.split("\n");
		return lines
			.map((line, at) =>
				this.#words.some((word) => line.includes(word)) ? this.#markLine(line, at + 1) : line,
			)
			.join("\n");
	}

	#markLine(line: string, number: number): string {
		return line.replace(this.#pattern, (call: string, ...rest: unknown[]) => {
			const [named, member, method] = rest.map((part) => (typeof part === "string" ? part : undefined));
			const column = Number(rest.find((part) => typeof part === "number"));
			const callee = named ?? member;
			// Maps know the parenthesis of the arguments, as V8 does, and the name of a method.
			return callee
				? `__schemalign_at__(${number},${column + call.length},${callee})(`
				: `.${method}(__schemalign_mark__(${number},${column + 2}),`;
		});
	}
}
