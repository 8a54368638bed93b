/** The smallest engine: `declare` of the package `acme` names a thing, and the names are what it finds. */
import { callPlace, type Place, serve } from "../../../src/runtime/index.js";

let declared: { name: string; place: Place | null }[] = [];

function declare(name: unknown): string {
	if (name === "refused") throw Object.assign(new Error("acme refuses"), { name: "AcmeError" });
	declared.push({ name: String(name), place: callPlace(declare) });
	return String(name);
}

serve<{ prefix: string }, typeof declared>({
	begin() {
		declared = [];
	},
	namespace: (specifier) => (specifier === "acme" ? { declare } : undefined),
	callAt: (place, callee) =>
		callee === declare
			? (name: unknown) => {
					const given = declare(name);
					declared = declared.map((one) => (one.name === given ? { ...one, place } : one));
					return given;
				}
			: callee,
	mark: (place) => place,
	suspicion: (label, args) => (args.includes("suspicious") ? `${label} is suspicious` : undefined),
	refuses: (error) => error instanceof Error && error.name === "AcmeError",
	find: ({ options }) => declared.map(({ name, place }) => ({ name: options.prefix + name, place })),
	skip() {},
});
