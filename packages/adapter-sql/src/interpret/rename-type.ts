/** Types and routines get another name, or another schema. */
import type { Origin } from "@schemalign/core";
import type { Node } from "libpg-query";
import type { Name } from "../tree.js";
import { findRoutine } from "./functions.js";
import { Rejection, type Session } from "./session.js";
import { requireType } from "./types.js";

export function changeType(
	session: Session,
	name: Name,
	at: Origin,
	what: "renamed" | "moved",
	change: (type: { name: string; schema: string }) => void,
): void {
	const type = session.catalog.type(name);
	if (!type) {
		requireType(session, name);
		return;
	}
	const before = { schema: type.schema, name: type.name };
	const after = { ...before };
	change(after);
	session.requireSchema(after.schema);
	const taken = session.catalog.typeIn(after.schema, after.name);
	const row = session.catalog.relationIn(after.schema, after.name);
	if (taken || row?.kind === "table" || row?.kind === "view") {
		if (taken === type && before.name === after.name && what === "moved") return;
		throw new Rejection("42710", `type "${after.name}" already exists`, [
			{ at: (taken ?? row ?? type).at, note: "it is here" },
		]);
	}
	session.catalog.removeType(type, { at, what: "renamed" });
	change(type);
	session.catalog.addType(type);
}

export function changeRoutine(
	session: Session,
	object: Node | undefined,
	change: (routine: { name: string; schema: string }) => void,
): void {
	const routine =
		object && "ObjectWithArgs" in object ? findRoutine(session, object.ObjectWithArgs) : undefined;
	if (!routine) return;
	session.catalog.removeRoutine(routine);
	change(routine);
	session.catalog.addRoutine(routine);
}
