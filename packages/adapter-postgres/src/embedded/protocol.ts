/** What crosses the border to the embedded Postgres's thread. */
import { z } from "zod";

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const startSchema = z.object({
	/** Names of extensions that the server must have on board. */
	extensions: z.array(z.string()),
});

/** One message of Postgres's frontend protocol. */
export const requestSchema = z.object({ id: z.number(), bytes });

export const responseSchema = z.union([
	z.object({ id: z.number(), bytes }),
	z.object({ id: z.number(), broken: z.string() }),
]);
