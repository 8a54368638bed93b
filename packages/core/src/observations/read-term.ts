/** Reads expressions in their canonical form (expression/print.ts) as terms: those that the closed language can say. */
import { FORMS, FUNCTIONS, OPERATORS, type Term } from "./terms.js";

/** A longer one is not asked after. */
const LONGEST = 2_000;
const DEEPEST = 20;

const TOKEN =
	/\s*(?:'(?<text>(?:[^']|'')*)'|"(?<quoted>(?:[^"]|"")+)"|(?<number>-?\d+(?:\.\d+)?)(?![\w.])|(?<word>[A-Za-z_][A-Za-z0-9_$]*)|(?<mark>[(),])|(?<operator>[-+*/<>=~!@#%^&|?]+))/gsy;

interface Token {
	readonly is: "text" | "quoted" | "number" | "word" | "mark" | "operator";
	readonly value: string;
}

class Unreadable extends Error {}

/** The term; `undefined` where the language has no word for a part of it. */
export function readTerm(canonical: string): Term | undefined {
	const tokens = canonical.length <= LONGEST ? tokensOf(canonical) : undefined;
	if (!tokens) return undefined;
	try {
		return new TermReader(tokens).whole();
	} catch (error) {
		if (error instanceof Unreadable) return undefined;
		throw error;
	}
}

function tokensOf(text: string): Token[] | undefined {
	const tokens: Token[] = [];
	let end = 0;
	for (const match of text.matchAll(TOKEN)) {
		const groups = match.groups ?? {};
		end = match.index + match[0].length;
		if (groups.text !== undefined) tokens.push({ is: "text", value: groups.text.replaceAll("''", "'") });
		else if (groups.quoted !== undefined)
			tokens.push({ is: "quoted", value: groups.quoted.replaceAll('""', '"') });
		else if (groups.number !== undefined) tokens.push({ is: "number", value: groups.number });
		else if (groups.word !== undefined) tokens.push({ is: "word", value: groups.word });
		else if (groups.mark !== undefined) tokens.push({ is: "mark", value: groups.mark });
		else tokens.push({ is: "operator", value: groups.operator ?? "" });
	}
	return text.slice(end).trim() === "" ? tokens : undefined;
}

/** What is an operand of an operator stands in parentheses in canonical text, if it has an operator itself: no precedence is needed. */
class TermReader {
	#at = 0;
	#depth = 0;

	constructor(readonly tokens: readonly Token[]) {}

	whole(): Term {
		const term = this.#term();
		if (this.#at < this.tokens.length) throw new Unreadable();
		return term;
	}

	#is(value: string, is: Token["is"] = "word"): boolean {
		const token = this.tokens[this.#at];
		return token?.is === is && token.value === value;
	}

	#take(value: string, is: Token["is"] = "word"): boolean {
		if (!this.#is(value, is)) return false;
		this.#at += 1;
		return true;
	}

	#need(value: string, is: Token["is"] = "word"): void {
		if (!this.#take(value, is)) throw new Unreadable();
	}

	#term(): Term {
		this.#depth += 1;
		if (this.#depth > DEEPEST) throw new Unreadable();
		const term = this.#take("NOT") ? ({ is: "not", operand: this.#operand() } as const) : this.#compared();
		this.#depth -= 1;
		return term;
	}

	#compared(): Term {
		const left = this.#operand();
		if (this.#is("AND")) return this.#joined("and", left);
		if (this.#is("OR")) return this.#joined("or", left);
		if (this.#take("IS")) return this.#tested(left);
		const negated = this.#take("NOT");
		if (this.#take("IN")) return { is: "in", operand: left, list: this.#list(), negated };
		if (negated) throw new Unreadable();
		const token = this.tokens[this.#at];
		if (token?.is !== "operator") return left;
		const operator = OPERATORS.find((one) => one === token.value);
		if (!operator) throw new Unreadable();
		this.#at += 1;
		return { is: "operator", operator, left, right: this.#operand() };
	}

	#joined(is: "and" | "or", first: Term): Term {
		const operands = [first];
		while (this.#take(is.toUpperCase())) operands.push(this.#operand());
		return { is, operands };
	}

	#tested(operand: Term): Term {
		const negated = this.#take("NOT");
		const test = (["NULL", "TRUE", "FALSE"] as const).find((one) => this.#take(one));
		if (test) return { is: "test", operand, test, negated };
		this.#need("DISTINCT");
		this.#need("FROM");
		return { is: "distinct", left: operand, right: this.#operand(), negated };
	}

	#list(): Term[] {
		this.#need("(", "mark");
		const terms = [this.#term()];
		while (this.#take(",", "mark")) terms.push(this.#term());
		this.#need(")", "mark");
		return terms;
	}

	#operand(): Term {
		const token = this.tokens[this.#at];
		this.#at += 1;
		switch (token?.is) {
			case "text":
				return { is: "text", text: token.value };
			case "number":
				return { is: "number", number: token.value };
			case "quoted":
			case "word":
				return this.#named(token);
			case "mark":
				if (token.value !== "(") throw new Unreadable();
				return this.#bracketed();
			default:
				throw new Unreadable();
		}
	}

	#bracketed(): Term {
		const term = this.#term();
		this.#need(")", "mark");
		return term;
	}

	#named({ is, value }: Token): Term {
		if (this.#is("(", "mark")) return this.#called(value);
		if (is === "quoted") return { is: "column", name: value };
		if (value === "true" || value === "false") return { is: "boolean", value: value === "true" };
		if (value === "NULL") return { is: "null" };
		// Other words in capitals are syntax; the value functions have no parentheses.
		if (/[A-Z]/.test(value) || VALUE_FUNCTION.test(value)) throw new Unreadable();
		return { is: "column", name: value };
	}

	#called(name: string): Term {
		const form = FORMS.find((one) => one === name);
		if (form) return { is: "form", of: form, with: this.#list() };
		const called = FUNCTIONS.find((one) => one === name);
		if (!called) throw new Unreadable();
		return { is: "call", of: called, with: this.#list() };
	}
}

const VALUE_FUNCTION = /^(?:current_|local|session_user$|system_user$|user$)/;
