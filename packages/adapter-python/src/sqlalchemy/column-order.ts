/** In which order a class's columns come into its table: it decides the order of a composite primary key. */
import type { PythonClass } from "../evaluate/classes.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { ColumnModel } from "./model.js";

/** Since 2.0 the order is that of the class's attributes; before, that in which the `Column`s were made (`_creation_order`). */
const BY_ATTRIBUTE = [2];

/** Whether the class's project has a SQLAlchemy that sorts columns by when they were made. */
export function ordersByCreation(cls: PythonClass, evaluator: Evaluator): boolean {
	return evaluator.isAtLeast("sqlalchemy", BY_ATTRIBUTE, cls.at.file) === false;
}

/** A column with the class that brings it. */
export interface BroughtColumn {
	readonly column: ColumnModel;
	readonly owner: PythonClass;
	/** It is what a `declared_attr` returns: made when the class is mapped, after all that stand in class bodies. */
	readonly isComputed: boolean;
}

/** As SQLAlchemy before 2.0 sorts them: those of mixins, which are defined before the class, come first. */
export function byCreation(brought: readonly BroughtColumn[], cls: PythonClass): ColumnModel[] {
	const bodies = [...cls.ownMro()].reverse();
	const rank = ({ owner, isComputed }: BroughtColumn) => (isComputed ? bodies.length : bodies.indexOf(owner));
	return [...brought].sort((a, b) => rank(a) - rank(b)).map(({ column }) => column);
}
