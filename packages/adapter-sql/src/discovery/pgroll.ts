/** pgroll's migrations: operations in JSON, which are not read. */
import type { ProjectFiles, Skipped } from "@schemalign/core";
import { z } from "zod";

/** Where pgroll's migrations are looked for. */
export const PGROLL_FILE = /(?:^|\/)[^/]*(?:migrations?|pgroll)[^/]*\/[^/]+\.json$/i;

const OPERATION =
	/^(?:(?:create|drop|rename)_(?:table|column|index|constraint)|(?:add|drop|alter|rename)_column|(?:set|drop)_\w+|drop_multicolumn_constraint|create_constraint|raw_sql|sql)$/;
const migrationSchema = z.object({ operations: z.array(z.record(z.string(), z.unknown())).min(1) });

/** Those of the files that are pgroll's. */
export async function pgroll(files: ProjectFiles, matched: readonly string[]): Promise<Skipped[]> {
	const skipped: Skipped[] = [];
	for (const path of matched.filter((each) => PGROLL_FILE.test(each))) {
		const text = await files.read(path).catch(() => "");
		if (isPgroll(text))
			skipped.push({ path, why: "a migration of pgroll: its operations in JSON are not read" });
	}
	return skipped;
}

function isPgroll(text: string): boolean {
	try {
		const parsed = migrationSchema.safeParse(JSON.parse(text));
		return (
			parsed.success &&
			parsed.data.operations.every((one) => Object.keys(one).every((key) => OPERATION.test(key)))
		);
	} catch {
		return false;
	}
}
