/** Other labels and names of enum types. */
import { pickAny } from "../random.js";
import { type MutationKind, type Mutations, remove } from "./kinds.js";

/** @param change may take away or rename the labels that no default says: with those gone the source itself cannot run */
const enumChange =
	(change: (labels: string[], free: readonly string[]) => boolean): MutationKind["change"] =>
	(_, schema, random) => {
		const defaults = new Set(
			schema.tables.flatMap((one) =>
				one.columns.flatMap(({ default: value }) => (value?.is === "label" ? [value.value] : [])),
			),
		);
		const type = pickAny(random, schema.enums);
		if (!type) return undefined;
		const free = type.labels.filter((label) => !defaults.has(label));
		return change(type.labels, free) ? { objects: [type.name] } : undefined;
	};

export const OF_ENUMS: Mutations = {
	"adds an enum label": {
		codes: ["enum-labels"],
		change: enumChange((labels) => labels.push("mutated") > 0),
	},
	"drops an enum label": {
		codes: ["enum-labels"],
		change: enumChange((labels, [free]) => {
			if (free === undefined) return false;
			remove(labels, free);
			return true;
		}),
	},
	"renames an enum label": {
		codes: ["enum-labels"],
		change: enumChange((labels, [free]) => {
			if (free === undefined) return false;
			labels.splice(labels.indexOf(free), 1, "mutated");
			return true;
		}),
	},
	"reorders enum labels": {
		codes: ["enum-labels"],
		change: enumChange((labels) => labels.reverse().length > 1),
	},
	"renames an enum": {
		codes: ["enum-renamed"],
		change: (_, schema, random) => {
			const all = schema.tables.flatMap((table) => table.columns.map((column) => column.type));
			const types = all.flatMap((type) => (type.is === "enum" ? [type] : []));
			const used = schema.enums.filter((one) => types.some((type) => type.name === one.name));
			const chosen = pickAny(random, used);
			if (!chosen) return undefined;
			const before = chosen.name;
			chosen.name = `${before}_new`;
			for (const type of types) if (type.name === before) type.name = chosen.name;
			return { objects: [before, chosen.name] };
		},
	},
};
