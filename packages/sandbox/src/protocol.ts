/**
 * What crosses the border between the tool and the sandbox. The sandbox runs foreign code, so its answer is
 * data of unknown honesty: it is validated with these schemas before anything of it is used.
 */
import { z } from "zod";

/** A position in a module's transformed code: index of the module, line and column counted from 1. */
export const placeSchema = z.tuple([
	z.number().int().min(0),
	z.number().int().min(1),
	z.number().int().min(1),
]);
export type Place = z.infer<typeof placeSchema>;
const where = placeSchema.nullable();

/** What the sandbox says of any modules, whatever engine was asked. */
const troubleSchema = z.object({
	/** Modules that did not evaluate to their end; `refused`: it was the engine that threw. */
	failures: z.array(
		z.object({ module: z.number().int().min(0), message: z.string(), place: where, refused: z.boolean() }),
	),
	/** Attempts of module code to use files, processes, the network or to exit: they did nothing. */
	attempts: z.array(z.object({ what: z.string(), place: where })),
	/** Calls of foreign functions in which a part of the schema may have been made out of sight. */
	suspicions: z.array(z.object({ why: z.string(), place: where })),
});
export type Trouble = z.infer<typeof troubleSchema>;
/** The answer of one evaluation: what `found` is, the engine's own program decides. */
export type Answer<Found> = Trouble & { readonly found: Found };

/** Validates an answer's text; `undefined`: it is not of the right form. Throws where it is not JSON. */
export function readAnswer<Found>(text: string, found: z.ZodType<Found>): Answer<Found> | undefined {
	const parsed = troubleSchema.extend({ found: z.unknown() }).safeParse(JSON.parse(text));
	if (!parsed.success) return undefined;
	const inner = found.safeParse(parsed.data.found);
	return inner.success ? { ...parsed.data, found: inner.data } : undefined;
}

/** One module as the sandbox gets it. */
export interface SandboxModule {
	/** Relative to the project's root. */
	readonly path: string;
	/** Transformed code, or `null` where the file could not be parsed: it counts as failed. */
	readonly code: string | null;
	/** A JSON module's text. */
	readonly json?: string;
	readonly failure?: string;
	/** Specifier to module index; what is not listed is foreign. */
	readonly imports: Readonly<Record<string, number>>;
}

/** What the sandbox is to do. */
export interface SandboxTask<Options = unknown> {
	readonly modules: readonly SandboxModule[];
	readonly entries: readonly number[];
	/** For the engine's own program, as JSON. */
	readonly options: Options;
	/** Environment variables that modules see; all others are not set. */
	readonly environment?: Readonly<Record<string, string>>;
}
