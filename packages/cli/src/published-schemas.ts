/** The JSON Schemas that the package publishes, made from the zod schemas. */
import { ALL_KINDS, baselineSchema, ownershipSchema, reportSchema } from "@schemalign/core";
import { z } from "zod";
import { configDataSchema } from "./config/schema.js";

/** File name to text. */
export function publishedSchemas(): Record<string, string> {
	return {
		"report.schema.json": asText(reportSchema, "The report of `schemalign check --json`"),
		"baseline.schema.json": asText(baselineSchema, "schemalign.baseline.json"),
		"owners.schema.json": asText(ownershipSchema, "The result of `schemalign owners --json`"),
		"config.schema.json": asText(configDataSchema, "schemalign.config.json or schemalign.config.yaml"),
	};
}

function asText(schema: z.ZodType, title: string): string {
	const made = z.toJSONSchema(schema, {
		unrepresentable: "any",
		// A kind is a custom check in core: the list of kinds says what it allows.
		override: ({ zodSchema, jsonSchema }) => {
			if (zodSchema._zod.def.type === "custom")
				Object.assign(jsonSchema, { type: "string", enum: [...ALL_KINDS] });
		},
	});
	return `${JSON.stringify({ title, ...made }, null, "\t")}\n`;
}
