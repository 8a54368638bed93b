/** The corpus's entries, with what the adapter is known to say less of than the engine. */
export interface Expectation {
	readonly differences?: readonly string[];
	readonly gaps?: readonly string[];
}

export const CORPUS: Readonly<Record<string, Expectation>> = {
	annotation_map: {},
	bases: {},
	classic_columns: {},
	core_tables: {},
	custom_types: {},
	dataclasses_and_imperative: {},
	defaults: {},
	dialect_types: {},
	enums: {},
	flask_declarative: {},
	flask_models: {},
	inheritance: {},
	mapped_columns: {},
	mixins: {},
	names: {},
	naming: {},
	package: {},
	sqlmodel_models: {},
	table_args: {},
};
