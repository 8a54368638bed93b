/** `enum-renamed`: an enum type that a source calls by another name than the others. */
import type { EnumRename } from "../../matching/enum-renames.js";
import type { SourceView } from "../../matching/view.js";
import { formatAddress, parseAddress } from "../../model/address.js";
import type { Severity } from "../../model/snapshot.js";
import { tableLabel } from "../../report/describe.js";
import type { Consequence } from "../../report/report.js";
import { type DatabaseContext, isStore, pathsText, runText, worst } from "../context.js";
import { memberNames } from "../fold-names.js";
import type { Located } from "../located.js";
import { bindingOf } from "../meeting.js";
import { ormName } from "../programs.js";
import { byNames, effectsText, namingOf } from "./other-names.js";

export function inspectEnumRenames(database: DatabaseContext): Located[] {
	return byNames(database.enumRenames).map((renames) => draftOf(database, renames));
}

function draftOf(database: DatabaseContext, renames: readonly [EnumRename, ...EnumRename[]]): Located {
	const [{ name, written, evidence }] = renames;
	const { parts } = parseAddress(`enum:${name}`);
	const address = formatAddress("enum", ...parts);
	const at = (view: SourceView) => view.byAddress.get(address)?.[0]?.at;
	const { sources, holders, claims, verdict } = namingOf(database, renames, database.enumRenames, at);
	const paths = pathsText(database, sources);
	const store = holders.find((view) => isStore(database, view.id));
	const effects = sources.map((source) => ({ source, ...effectOn(database, source, written, store) }));
	return {
		code: "enum-renamed",
		severity: worst(effects.map(({ severity }) => severity)),
		message: `enum type ${tableLabel(name)} is called ${tableLabel(written)} in ${paths}`,
		why: `${effectsText(effects.map(({ text }) => text))} They are held to be one type: ${evidence}.`,
		help: `Name the type ${tableLabel(name)} in ${paths}, or rename it everywhere by a migration (ALTER TYPE … RENAME TO …).`,
		consequences: consequencesOf(database, effects),
		kind: "enum",
		schema: parts[0] ?? "",
		table: parts[1] ?? null,
		aspect: "name",
		claims,
		verdict,
		subject: `enum:${name} name ${written}`,
		fold: {
			key: sources.join(),
			name: `${tableLabel(written)} for ${tableLabel(name)}`,
			words: (members) => {
				const many = sources.map((source) => ({ source, ...effectOn(database, source, undefined, store) }));
				return {
					message: `${members.length} enum types of ${paths} go by other names than in ${store ? "the database" : "the other programs"} (${memberNames(members, 4)})`,
					why: `${effectsText(many.map(({ text }) => text))} Each is held to be one type: the same columns are of it, and most labels are the same.`,
					help: `Name the types in ${paths} as they are elsewhere, or rename them everywhere by a migration (ALTER TYPE … RENAME TO …).`,
					consequences: consequencesOf(database, many),
				};
			},
		},
	};
}

interface SourceEffect {
	readonly source: string;
	readonly severity: Severity;
	readonly text: string;
}

/** What the other name means for one source; `written`: the name, where it is about one type. */
function effectOn(
	database: DatabaseContext,
	source: string,
	written: string | undefined,
	store: SourceView | undefined,
): Omit<SourceEffect, "source"> {
	const thing = written === undefined ? "one of them" : `the type ${tableLabel(written)}`;
	if (isStore(database, source)) {
		return {
			severity: "high",
			text: `statements that name ${thing} fail where it has the other name (42704: type does not exist)`,
		};
	}
	if (!store) {
		return {
			severity: "medium",
			text: `nothing in the repository says what the database has: casts to ${thing} fail where it has the other name (42704: type does not exist)`,
		};
	}
	if (bindingOf(database, source)?.enums === "inferred") {
		return {
			severity: "low",
			text: `its statements never name ${thing}: nothing fails, but a migration generated from the model would create it`,
		};
	}
	return {
		severity: "critical",
		text: `its casts to ${thing} fail on ${runText(database, [store.id])} (42704: type does not exist)`,
	};
}

function consequencesOf(database: DatabaseContext, effects: readonly SourceEffect[]): Consequence[] {
	return effects
		.filter(({ source }) => !isStore(database, source))
		.map(({ source, text }) => ({
			source,
			text: `${ormName(database.adapterOf(source))} in ${database.pathOf(source)}: ${text}`,
		}));
}
