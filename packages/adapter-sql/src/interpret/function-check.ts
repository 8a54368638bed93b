/** What PL/pgSQL's compiler refuses when a function is made. */

import type { DefElem } from "libpg-query";
import { parseFailure } from "../parser.js";
import { placeholderIn } from "../script/read.js";
import type { Statement } from "../script/statement.js";
import { bodyOf } from "./functions.js";
import { Rejection, type Session } from "./session.js";

/** PL/pgSQL compiles a body when the function is made; a RAISE with the wrong number of parameters fails there. */
export function requireValidBody(
	session: Session,
	statement: Statement,
	options: readonly DefElem[],
	language: string,
): void {
	if (!session.checkFunctionBodies || language !== "plpgsql") return;
	const body = bodyOf(options);
	if (body === undefined || !/\braise\b/i.test(body)) return;
	checkPlpgsql(session, statement);
}

/** @throws Rejection if PL/pgSQL's compiler refuses the statement's body for a RAISE or its syntax */
export function checkPlpgsql(session: Session, statement: Statement): unknown {
	try {
		return session.parser.parsePlpgsql(statement.sql);
	} catch (error) {
		const { message } = parseFailure(error);
		if (!/RAISE|syntax error/i.test(message) || placeholderIn(statement.sql)) return undefined;
		throw new Rejection("42601", message, [], raiseLine(statement, message));
	}
}

/** The line of the first RAISE whose placeholders and parameters differ in number, to the eye. */
function raiseLine(statement: Statement, message: string) {
	if (!message.includes("RAISE")) return undefined;
	const raise = /\braise\s+(?:\w+\s+)?'((?:[^']|'')*)'\s*((?:,[^;]*)?);/gi;
	for (const match of statement.sql.matchAll(raise)) {
		const wanted = (match[1] ?? "").replaceAll("%%", "").split("%").length - 1;
		const given = match[2] ? topLevelCommas(match[2].replace(/\busing\b[\s\S]*$/i, "")) : 0;
		if (wanted !== given) return statement.lines.at(statement.start + match.index);
	}
	return undefined;
}

function topLevelCommas(text: string): number {
	let depth = 0;
	let count = 0;
	for (const char of text.replace(/'(?:[^']|'')*'/g, "")) {
		if (char === "(" || char === "[") depth++;
		else if (char === ")" || char === "]") depth--;
		else if (char === "," && depth === 0) count++;
	}
	return count;
}
