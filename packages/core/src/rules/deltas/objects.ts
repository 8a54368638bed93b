/** The lack of everything else: `<kind>-missing` for indexes, checks, types, views, functions, triggers, policies… */
import { type Claim, EXISTENCE } from "../../compare/claims.js";
import { type Kind, kindDefinition } from "../../model/kinds.js";
import { type Case, type DeltaRule, type Effect, subjectText } from "../context.js";
import { foldByPresence, judge, presenceHelp, presenceText } from "./judge.js";

interface Lack {
	readonly code: string;
	/** A program states it, the store lacks it. */
	readonly ofProgram: Effect;
	/** The store has it, a program that could state it does not. */
	readonly ofStore?: Effect;
	/** Stores among themselves. */
	readonly otherwise: Effect;
}

const slower: Effect = { severity: "low", text: "queries that would use it are slower" };

const LACKS: Partial<Record<Kind, Lack>> = {
	index: {
		code: "index-missing",
		ofProgram: slower,
		ofStore: {
			severity: "low",
			text: "its model does not have the index; its own migration tool would drop or recreate it",
		},
		otherwise: slower,
	},
	check: {
		code: "check-missing",
		ofProgram: { severity: "medium", text: "the database accepts values that its model rules out" },
		ofStore: {
			severity: "low",
			text: "its model does not know the condition: values that violate it come back as errors (23514)",
		},
		otherwise: { severity: "medium", text: "one database refuses values (23514) that the other accepts" },
	},
	exclusion: {
		code: "exclusion-missing",
		ofProgram: { severity: "medium", text: "the database accepts rows that its model rules out" },
		otherwise: { severity: "medium", text: "one database refuses rows (23P01) that the other accepts" },
	},
	enum: {
		code: "enum-missing",
		ofProgram: { severity: "critical", text: "its casts to the type fail (42704: type does not exist)" },
		otherwise: { severity: "high", text: "casts to the type fail where it does not exist (42704)" },
	},
	domain: {
		code: "type-missing",
		ofProgram: { severity: "high", text: "its casts to the type fail (42704)" },
		otherwise: { severity: "medium", text: "what uses the type fails where it does not exist (42704)" },
	},
	view: {
		code: "view-missing",
		ofProgram: { severity: "critical", text: "every query on the view fails (42P01)" },
		otherwise: { severity: "medium", text: "queries on the view fail where it does not exist (42P01)" },
	},
	function: {
		code: "function-missing",
		ofProgram: { severity: "high", text: "calls of the function fail (42883)" },
		otherwise: { severity: "medium", text: "calls of the function fail where it does not exist (42883)" },
	},
	trigger: {
		code: "trigger-missing",
		ofProgram: { severity: "medium", text: "what the trigger would do does not happen" },
		otherwise: {
			severity: "medium",
			text: "what the trigger does happens on one database and not on the other",
		},
	},
	policy: {
		code: "policy-missing",
		ofProgram: { severity: "high", text: "rows are visible or hidden otherwise than its model says" },
		otherwise: { severity: "high", text: "rows that one database hides or protects the other does not" },
	},
	extension: {
		code: "extension-missing",
		ofProgram: { severity: "low", text: "what uses the extension fails unless it is installed otherwise" },
		otherwise: { severity: "low", text: "what uses the extension fails where nothing installs it" },
	},
	sequence: {
		code: "sequence-missing",
		ofProgram: { severity: "high", text: "nextval on the sequence fails (42P01)" },
		otherwise: { severity: "low", text: "nextval on the sequence fails where it does not exist (42P01)" },
	},
	schema: {
		code: "schema-missing",
		ofProgram: { severity: "low", text: "objects in the schema cannot be found (3F000)" },
		otherwise: {
			severity: "low",
			text: "objects in the schema cannot be found where it does not exist (3F000)",
		},
	},
};

const OTHER: Lack = {
	code: "object-missing",
	ofProgram: { severity: "medium", text: "what uses it fails" },
	otherwise: { severity: "medium", text: "what uses it fails where it does not exist" },
};

export const objectMissing: DeltaRule = {
	applies: (delta) => delta.aspect === EXISTENCE,
	judge(subject) {
		const lack = LACKS[subject.delta.kind] ?? OTHER;
		const thing = `${kindDefinition(subject.delta.kind).label} ${subjectText(subject.delta)}`;
		return judge(subject, {
			code: lack.code,
			ofProgram: (program: Claim) => (program.state === "absent" ? lack.ofStore : lack.ofProgram),
			otherwise: () => lack.otherwise,
			message: (one: Case) => presenceText(one, thing),
			help: (one: Case) => presenceHelp(one, `the ${kindDefinition(one.delta.kind).label}`),
			fold: (one: Case) => foldByPresence(one, plural(kindDefinition(one.delta.kind).label)),
		});
	},
};

function plural(label: string): string {
	return /(x|s)$/.test(label)
		? `${label}es`
		: label.endsWith("cy")
			? `${label.slice(0, -1)}ies`
			: `${label}s`;
}
