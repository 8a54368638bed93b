/** The SQL that the migrations run, each line with the place in the sources that it comes from. */
import { TracedSql } from "@schemalign/adapter-sql";
import { formatAddress, type Origin } from "@schemalign/core";
import type { Text, Unknown } from "./evaluate/values.js";

export class MigrationScript extends TracedSql {
	readonly #names = new Map<Unknown, string>();

	/** SQL of the user's; its lines stand where the text was written, else at `at`. */
	addText(sql: Text, at: Origin, uncertain: Unknown | undefined): void {
		const origins: Origin[] = [];
		let offset = 0;
		for (const line of sql.value.split("\n")) {
			// A line that begins with what is filled in stands where its text goes on.
			const indent = line.length - line.trimStart().length;
			origins.push(sql.originAt(offset + indent) ?? at);
			offset += line.length + 1;
		}
		this.add(sql.value, origins, uncertain);
	}

	add(text: string, origins: readonly Origin[], uncertain: Unknown | undefined): void {
		const why = uncertain && `whether it runs depends on run time: ${uncertain.why}`;
		this.addPiece({ text, origins, ...(why === undefined ? {} : { uncertain: why }) });
	}

	/** The placeholder for one value, the same each time. */
	placeholderFor(unknown: Unknown): string {
		const name = this.#names.get(unknown) ?? this.placeholder(unknown.why);
		this.#names.set(unknown, name);
		return name;
	}

	/** One table may be another since then. */
	tableGap(schema: string | undefined, table: string, why: string, at: Origin): void {
		this.addGap(formatAddress("table", schema ?? "public", table), [], why, at);
	}

	/** The whole source may be another since then. */
	wholeGap(why: string, at: Origin): void {
		this.addGap("*", [], why, at);
	}
}
