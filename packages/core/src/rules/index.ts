/** All rules, in the order in which they are asked. A new rule is a file and a line here. */

import { inspectUnusedIndexes } from "../observations/unused-indexes.js";
import type { Case, DatabaseContext, DeltaRule } from "./context.js";
import { columnMissing } from "./deltas/columns.js";
import { defaultMismatch } from "./deltas/defaults.js";
import { enumLabels } from "./deltas/enums.js";
import { foreignKeyAction, foreignKeyMissing, foreignKeyTarget } from "./deltas/foreign-keys.js";
import { primaryKeyMismatch, uniqueMissing } from "./deltas/keys.js";
import { cosmeticDifference, otherMismatch } from "./deltas/mismatch.js";
import { nullabilityMismatch } from "./deltas/nullability.js";
import { objectMissing } from "./deltas/objects.js";
import { tableMissing } from "./deltas/tables.js";
import { typeMismatch } from "./deltas/types.js";
import { inspectClientDefaults } from "./inspections/client-defaults.js";
import { inspectColumnOrder } from "./inspections/column-order.js";
import { inspectEnumRenames } from "./inspections/enum-renames.js";
import { HYGIENE } from "./inspections/hygiene/index.js";
import { inspectRefusedValues } from "./inspections/refused-values.js";
import { inspectRenames, inspectTableRenames } from "./inspections/renames.js";
import {
	inspectDifferentTables,
	inspectNearDuplicateColumns,
	inspectNearDuplicates,
	inspectUnmapped,
} from "./inspections/tables.js";
import { type Located, locate } from "./located.js";

const DELTA_RULES: readonly DeltaRule[] = [
	cosmeticDifference,
	tableMissing,
	columnMissing,
	primaryKeyMismatch,
	uniqueMissing,
	foreignKeyMissing,
	foreignKeyTarget,
	foreignKeyAction,
	typeMismatch,
	nullabilityMismatch,
	defaultMismatch,
	enumLabels,
	objectMissing,
	otherMismatch,
];

const INSPECTIONS: readonly ((database: DatabaseContext) => Located[])[] = [
	inspectTableRenames,
	inspectRenames,
	inspectEnumRenames,
	inspectDifferentTables,
	inspectNearDuplicates,
	inspectNearDuplicateColumns,
	inspectUnmapped,
	inspectClientDefaults,
	inspectRefusedValues,
	inspectUnusedIndexes,
	inspectColumnOrder,
	...HYGIENE,
];

/** What the first rule that takes the case says of it. */
export function judgeCase(subject: Case): Located[] {
	const draft = DELTA_RULES.find((rule) => rule.applies(subject.delta))?.judge(subject);
	return draft ? [locate(subject, draft)] : [];
}

/** What the inspections find in one database. */
export function inspect(database: DatabaseContext): Located[] {
	return INSPECTIONS.flatMap((inspection) => inspection(database));
}
