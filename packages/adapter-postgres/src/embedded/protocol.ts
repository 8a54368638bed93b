/** What crosses the border to the embedded Postgres's thread. */
import { z } from "zod";

/** One message of Postgres's backend protocol, or several. */
export const answerSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const startSchema = z.object({
	/** Names of extensions that the server must have on board. */
	extensions: z.array(z.string()),
});

/** One message of Postgres's frontend protocol. */
export const messageSchema = z.object({
	id: z.number(),
	request: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});
