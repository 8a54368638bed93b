/** The baseline: findings that people have looked at and accept, in a file that is reviewed and kept in version control. */
import { z } from "zod";
import { compareText } from "../model/address.js";
import type { Item } from "../report/item.js";
import type { KnownItem } from "./recognize.js";

/** Raised when a reader of the old form would misread the new. */
export const BASELINE_FORMAT = 1;

const dateSchema = z.iso.date("must be a date such as 2027-01-31");

/** One accepted difference. */
export const acceptedSchema = z.strictObject({
	/** The finding's code. */
	code: z.string().min(1),
	/** What it is about, in words: for people; `fingerprint` and `says` decide. */
	what: z.string(),
	/** What each side says, and which sources say so. */
	says: z.record(z.string(), z.array(z.string())),
	/** Why it is accepted. */
	reason: z.string().optional(),
	/** The last day on which it is accepted. */
	expires: dateSchema.optional(),
	fingerprint: z.string().regex(/^[0-9a-f]{16}$/, "must be 16 hexadecimal digits"),
});
export type Accepted = z.infer<typeof acceptedSchema>;

export const baselineSchema = z.strictObject({
	$schema: z.string().optional(),
	formatVersion: z.literal(BASELINE_FORMAT, `must be ${BASELINE_FORMAT}: this version reads no other format`),
	accepted: z.array(acceptedSchema),
});
export type Baseline = z.infer<typeof baselineSchema>;

/** What every new entry is given. */
export interface NewEntry {
	readonly reason?: string | undefined;
	readonly expires?: string | undefined;
}

/** An entry that accepts `item`. */
export function accept(item: Item, { reason, expires }: NewEntry = {}): Accepted {
	return {
		code: item.code,
		what: item.message,
		says: saysOf(item),
		...(reason === undefined ? {} : { reason }),
		...(expires === undefined ? {} : { expires }),
		fingerprint: item.fingerprint,
	};
}

function saysOf({ sides }: Item): Record<string, string[]> {
	const says = new Map<string, string[]>();
	for (const side of sides) {
		let key = side.says;
		// Long values are cut for people; two that are cut alike stay two.
		for (let number = 2; says.has(key); number++) key = `${side.says} (${number})`;
		says.set(key, [...side.sources]);
	}
	return Object.fromEntries(says);
}

/** The entry as it recognises an item. */
export function knownItem(accepted: Accepted): KnownItem & { readonly accepted: Accepted } {
	return { fingerprint: accepted.fingerprint, sides: Object.values(accepted.says), accepted };
}

/** The baseline as text, in an order that depends on nothing but its entries: one change of the schema is one place of a diff. */
export function baselineText(accepted: readonly Accepted[]): string {
	const sorted = [...accepted].sort(
		(a, b) =>
			compareText(a.code, b.code) || compareText(a.what, b.what) || compareText(a.fingerprint, b.fingerprint),
	);
	const entries = sorted.map((entry) => {
		const lines = Object.entries(entry).map(
			([key, value]) => `\t\t\t${JSON.stringify(key)}: ${inline(value)}`,
		);
		return `\t\t{\n${lines.join(",\n")}\n\t\t}`;
	});
	const list = entries.length === 0 ? "[]" : `[\n${entries.join(",\n")}\n\t]`;
	return `{\n\t"formatVersion": ${BASELINE_FORMAT},\n\t"accepted": ${list}\n}\n`;
}

/** On one line: what a finding is about is read, and compared by git, line by line. */
function inline(value: string | Record<string, string[]> | undefined): string {
	if (value === undefined || typeof value === "string") return JSON.stringify(value ?? "");
	const sides = Object.entries(value).map(
		([says, sources]) =>
			`${JSON.stringify(says)}: [${sources.map((source) => JSON.stringify(source)).join(", ")}]`,
	);
	return sides.length === 0 ? "{}" : `{ ${sides.join(", ")} }`;
}
