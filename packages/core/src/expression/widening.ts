/** Casts by which Postgres brings operands to one type of numbers or of times. */
import type { TypeValue } from "../model/snapshot.js";
import { plainNumber } from "./constant.js";
import { isOpen, numberRank, timeRank, typeOf } from "./families.js";
import { type ExpressionNode, isConstant } from "./node.js";

const NUMERIC_RANK = 4;
const REAL_RANK = 5;
const DOUBLE_RANK = 6;
const TIMES = 10;

/** An operand with the cast around it taken off, if that is one to a wider type. */
export interface Operand {
	readonly inner: ExpressionNode;
	/** The type of the cast. */
	readonly cast: TypeValue | undefined;
	/** The rank of the operand's own type. */
	readonly rank: number | undefined;
}

/** The rank of a type within its family; ranks of different families are far apart. */
function rankOf(type: TypeValue | undefined): number | undefined {
	const time = timeRank(type);
	return time === undefined ? numberRank(type) : TIMES + time;
}

/**
 * The canonical operand `node`, taken apart.
 * @param written what it was made of: constants lose their casts in canonicalization
 */
export function operandOf(
	node: ExpressionNode,
	written: ExpressionNode,
	options: Options = { lossless: false },
): Operand {
	if (node.kind === "number") return numeral(node, written);
	if (node.kind !== "cast" || node.type.args?.length)
		return { inner: node, cast: undefined, rank: rankOf(typeOf(node)) };
	const own = rankOf(typeOf(node.operand));
	const to = rankOf(node.type);
	const widens =
		own === undefined
			? isOpen(node.operand) && (to ?? 0) >= (options.lossless ? 0 : NUMERIC_RANK)
			: own <= (to ?? 0);
	const sameFamily = own === undefined || own > TIMES === (to ?? 0) > TIMES;
	return widens && sameFamily
		? { inner: node.operand, cast: node.type, rank: own }
		: { inner: node, cast: undefined, rank: to };
}

/** A constant needs no cast to be of the type that its spelling has. */
function numeral(node: ExpressionNode, written: ExpressionNode): Operand {
	const cast = written.kind === "cast" && numberRank(written.type) !== undefined ? written.type : undefined;
	const spelled =
		written.kind === "cast" && written.operand.kind === "number" ? plainNumber(written.operand.text) : node;
	const own = rankOf(typeOf(spelled));
	const needed = cast !== undefined && (rankOf(cast) ?? 0) > (own ?? 0);
	return { inner: spelled, cast: needed ? cast : undefined, rank: own };
}

/** The widest type that an operand is cast to. */
export function widestCast(operands: readonly Operand[]): TypeValue | undefined {
	return operands.reduce<TypeValue | undefined>((widest, { cast }) => {
		if (!cast || !widest) return cast ?? widest;
		return (rankOf(cast) ?? 0) > (rankOf(widest) ?? 0) ? cast : widest;
	}, undefined);
}

/**
 * Whether the operands come to `type` without any of the casts: one of them is as wide by itself, or of unknown type
 * beside constants that were cast to meet it.
 */
function comesTo(type: TypeValue, operands: readonly Operand[], options: Options): boolean {
	const rank = rankOf(type) ?? 0;
	const own = operands.map((operand) => operand.rank ?? 0);
	if (own.some((each) => each >= rank)) return true;
	// An operator on real and any other type of numbers works in double precision.
	const mixed = own.includes(REAL_RANK) && own.some((each) => each > 0 && each !== REAL_RANK);
	if (mixed && rank <= DOUBLE_RANK) return true;
	const free = operands.some(
		({ inner, cast }) => !isConstant(inner) && cast === undefined && typeOf(inner) === undefined,
	);
	return (
		free && (options.lossless || operands.every(({ inner, cast }) => cast === undefined || isConstant(inner)))
	);
}

interface Options {
	/** The operands are not calculated with: their type hardly shows. */
	readonly lossless: boolean;
}

/** The operands without their casts, and the one that is needed on the first of them that is no constant. */
export function withoutCasts(
	operands: readonly Operand[],
	options: Options = { lossless: false },
): ExpressionNode[] {
	const type = widestCast(operands);
	if (!type || comesTo(type, operands, options)) return operands.map(({ inner }) => inner);
	const at = Math.max(
		operands.findIndex(({ inner }) => !isConstant(inner)),
		0,
	);
	return operands.map(({ inner }, index) => (index === at ? { kind: "cast", operand: inner, type } : inner));
}
