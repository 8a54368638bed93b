/** The JSON report: the report itself, without secrets. Its schema is schema/report.schema.json. */
import type { Report } from "@schemalign/core";
import { redactDeep } from "../redact.js";

/** The report as JSON text. */
export function renderJson(report: Report): string {
	return JSON.stringify(redactDeep(report), null, 2);
}
