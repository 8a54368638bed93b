/** The rules on how a database is built, whatever its sources say of one another. A new one is a file and a line here. */
import type { DatabaseContext } from "../../context.js";
import type { Located } from "../../located.js";
import { inspectCreatedTwice } from "./created-twice.js";
import { inspectForeignKeyIndexes } from "./foreign-key-indexes.js";
import { inspectForeignKeyTypes } from "./foreign-key-types.js";
import { inspectIndexes } from "./indexes.js";
import { inspectMappedByNone } from "./mapped-by-none.js";
import { inspectMoney } from "./money.js";
import { inspectPrimaryKeys } from "./primary-keys.js";
import { inspectTimestamps } from "./timestamps.js";

export const HYGIENE: readonly ((database: DatabaseContext) => Located[])[] = [
	inspectForeignKeyTypes,
	inspectForeignKeyIndexes,
	inspectIndexes,
	inspectMoney,
	inspectTimestamps,
	inspectPrimaryKeys,
	inspectMappedByNone,
	inspectCreatedTwice,
];
