/** The exception handlers of PL/pgSQL blocks: which errors they catch, and what they then do. */
import { z } from "zod";

/** A `WHEN … THEN …` of an EXCEPTION clause. */
export interface Handler {
	/** Names of conditions, or SQLSTATEs; any one of them. */
	readonly conditions: readonly string[];
	readonly action: readonly unknown[];
}

const clause = z.object({
	PLpgSQL_exception_block: z.object({
		exc_list: z.array(
			z.object({
				PLpgSQL_exception: z.object({
					conditions: z.array(z.object({ PLpgSQL_condition: z.object({ condname: z.string() }) })),
					action: z.array(z.unknown()).default([]),
				}),
			}),
		),
	}),
});

/** The handlers of a block's `exceptions`, in their order; none where it has no such clause. */
export function handlersOf(exceptions: unknown): readonly Handler[] {
	const read = clause.safeParse(exceptions);
	if (!read.success) return [];
	return read.data.PLpgSQL_exception_block.exc_list.map(({ PLpgSQL_exception: { conditions, action } }) => ({
		conditions: conditions.map(({ PLpgSQL_condition: { condname } }) => condname),
		action,
	}));
}

/** The handler that catches an error: the first that names it. */
export function handlerFor(handlers: readonly Handler[], sqlstate: string): Handler | undefined {
	return handlers.find(({ conditions }) => conditions.some((condition) => catches(condition, sqlstate)));
}

/** The SQLSTATEs of the conditions that DDL raises (appendix "PostgreSQL Error Codes" of the manual). */
const STATES: Readonly<Record<string, string>> = {
	feature_not_supported: "0A000",
	invalid_parameter_value: "22023",
	active_sql_transaction: "25001",
	dependent_objects_still_exist: "2BP01",
	invalid_schema_name: "3F000",
	syntax_error_or_access_rule_violation: "42000",
	insufficient_privilege: "42501",
	syntax_error: "42601",
	invalid_column_definition: "42611",
	invalid_name: "42602",
	duplicate_column: "42701",
	undefined_column: "42703",
	undefined_object: "42704",
	duplicate_object: "42710",
	duplicate_function: "42723",
	cannot_coerce: "42846",
	undefined_function: "42883",
	wrong_object_type: "42809",
	datatype_mismatch: "42804",
	invalid_foreign_key: "42830",
	undefined_table: "42P01",
	duplicate_schema: "42P06",
	duplicate_table: "42P07",
	invalid_table_definition: "42P16",
	invalid_object_definition: "42P17",
	program_limit_exceeded: "54000",
	object_not_in_prerequisite_state: "55000",
};

/** A condition whose SQLSTATE ends in 000 stands for its whole class. */
function catches(condition: string, sqlstate: string): boolean {
	const name = condition.toLowerCase();
	if (name === "others") return true;
	const state = STATES[name] ?? condition;
	return state === sqlstate || (state.endsWith("000") && sqlstate.startsWith(state.slice(0, 2)));
}
