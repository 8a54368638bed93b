/** Model facts in the builder's words. */
import { implied, type Json, type Origin, type Stated, stated, unknown } from "@schemalign/core";
import type { Known } from "../sqlalchemy/model.js";

/** A known value as a stated or implied fact, anything else as unknown with its line. */
export function stateKnown<T extends Json>(fact: Known<T>, at?: Origin): Stated<T> {
	if ("unknown" in fact) return unknown(fact.unknown, fact.at.file ? fact.at : at);
	return fact.implied ? implied(fact.known, fact.implied, at) : stated(fact.known, at);
}
