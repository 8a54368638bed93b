/** The lack of everything else: `<kind>-missing` for indexes, checks, types, views, functions, triggers, policies… */
import { type Claim, EXISTENCE } from "../../compare/claims.js";
import { type Kind, kindDefinition } from "../../model/kinds.js";
import type { RuleCode } from "../catalogue.js";
import { type Case, type DeltaRule, type Effect, subjectText } from "../context.js";
import { bindingOf } from "../meeting.js";
import { foldByPresence, judge, presenceHelp, presenceText } from "./judge.js";

interface Lack {
	readonly code: RuleCode;
	/** A program states it, the store lacks it. */
	readonly ofProgram: Effect;
	/** The store has it, a program that could state it does not. */
	readonly ofStore?: Effect;
	/** Stores among themselves. */
	readonly otherwise: Effect;
}

const slower: Effect = {
	severity: "low",
	text: "queries that would use it are slower",
	many: "queries that would use them are slower",
};

const LACKS: Partial<Record<Kind, Lack>> = {
	index: {
		code: "index-missing",
		ofProgram: slower,
		ofStore: {
			severity: "low",
			text: "its model does not have the index: a migration generated from it would drop the index",
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
		ofProgram: {
			severity: "critical",
			text: "its casts to the type fail (42704: type does not exist)",
			many: "its casts to these types fail (42704: type does not exist)",
		},
		otherwise: {
			severity: "high",
			text: "casts to the type fail where it does not exist (42704)",
			many: "casts to these types fail where they do not exist (42704)",
		},
	},
	domain: {
		code: "type-missing",
		ofProgram: { severity: "high", text: "its casts to the type fail (42704)" },
		otherwise: { severity: "medium", text: "what uses the type fails where it does not exist (42704)" },
	},
	view: {
		code: "view-missing",
		ofProgram: {
			severity: "critical",
			text: "every query on it fails (42P01)",
			many: "every query on them fails (42P01)",
		},
		otherwise: {
			severity: "medium",
			text: "queries on the view fail where it does not exist (42P01)",
			many: "queries on these views fail where they do not exist (42P01)",
		},
	},
	function: {
		code: "function-missing",
		ofProgram: { severity: "high", text: "calls of it fail (42883)", many: "calls of them fail (42883)" },
		otherwise: {
			severity: "medium",
			text: "calls of the function fail where it does not exist (42883)",
			many: "calls of these functions fail where they do not exist (42883)",
		},
	},
	trigger: {
		code: "trigger-missing",
		ofProgram: { severity: "medium", text: "what the trigger does, does not happen" },
		otherwise: {
			severity: "medium",
			text: "what the trigger does happens on one database and not on the other",
			many: "what these triggers do happens on one database and not on the other",
		},
	},
	policy: {
		code: "policy-missing",
		ofProgram: { severity: "high", text: "the database shows or hides other rows than its model says" },
		otherwise: { severity: "high", text: "one database shows or protects rows that the other does not" },
	},
	extension: {
		code: "extension-missing",
		ofProgram: {
			severity: "low",
			text: "what uses the extension fails, unless it is installed by other means",
		},
		otherwise: {
			severity: "low",
			text: "what uses the extension fails where nothing installs it",
			many: "what uses these extensions fails where nothing installs them",
		},
	},
	sequence: {
		code: "sequence-missing",
		ofProgram: { severity: "high", text: "nextval on the sequence fails (42P01)" },
		otherwise: {
			severity: "low",
			text: "nextval on the sequence fails where it does not exist (42P01)",
			many: "nextval on these sequences fails where they do not exist (42P01)",
		},
	},
	schema: {
		code: "schema-missing",
		ofProgram: { severity: "low", text: "what lies in the schema cannot be found (3F000)" },
		otherwise: {
			severity: "low",
			text: "what lies in the schema cannot be found where it does not exist (3F000)",
			many: "what lies in these schemas cannot be found where they do not exist (3F000)",
		},
	},
};

/** For composite and range types, and what may come. */
const OTHER: Lack = {
	code: "type-missing",
	ofProgram: { severity: "medium", text: "what uses it fails" },
	otherwise: { severity: "medium", text: "what uses it fails where it does not exist" },
};

/** An enum type that the program's statements never name: its values go as texts without a type. */
const UNNAMED: Effect = {
	severity: "low",
	text: "its statements never name the type: nothing fails by its lack, but a migration generated from the model would create it",
	many: "its statements never name the types: nothing fails by their lack, but a migration generated from the model would create them",
};

export const objectMissing: DeltaRule = {
	applies: (delta) => delta.aspect === EXISTENCE,
	judge(subject) {
		const lack = LACKS[subject.delta.kind] ?? OTHER;
		const { label } = kindDefinition(subject.delta.kind);
		const thing = `the ${label} ${WITHIN_TABLE.has(subject.delta.kind) ? "on " : ""}${subjectText(subject.delta)}`;
		return judge(subject, {
			code: lack.code,
			ofProgram: (program: Claim) => {
				if (program.state === "absent") return lack.ofStore;
				const open = bindingOf(subject.database, program.source)?.enums === "inferred";
				return lack === LACKS.enum && open ? UNNAMED : lack.ofProgram;
			},
			otherwise: () => lack.otherwise,
			message: (one: Case) => presenceText(one, thing),
			help: (one: Case) => presenceHelp(one, `the ${label}`),
			helpMany: (one: Case) => presenceHelp(one, `the ${plural(label)}`, "many"),
			fold: (one: Case) => foldByPresence(one, plural(label)),
		});
	},
};

/** Kinds that are told by what they do on a table, not by a name. */
const WITHIN_TABLE: ReadonlySet<Kind> = new Set(["index", "check", "exclusion"]);

function plural(label: string): string {
	return /(x|s)$/.test(label)
		? `${label}es`
		: label.endsWith("cy")
			? `${label.slice(0, -1)}ies`
			: `${label}s`;
}
