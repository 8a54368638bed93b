/** Numerals in one spelling. */

const NUMERAL = /^([+-]?)(\d[\d_]*)?(?:\.(\d[\d_]*)?)?(?:[eE]([+-]?\d+))?$/;
const RADIX = /^([+-]?)0([xXoObB])([0-9a-fA-F_]+)$/;
/** Exponents beyond this stay as written: nobody compares such numerals, and they would be long. */
const LONGEST = 400;

/** A numeral's plain decimal spelling: `05.50` is `5.5`, `1e3` is `1000`; `undefined` if the text is no numeral. */
export function plainNumeral(text: string): string | undefined {
	const trimmed = text.trim();
	const radix = RADIX.exec(trimmed);
	if (radix) return radixNumeral(radix);
	const match = NUMERAL.exec(trimmed);
	if (!match || (match[2] === undefined && match[3] === undefined)) return undefined;
	const exponent = Number(match[4] ?? "0");
	if (Math.abs(exponent) > LONGEST) return undefined;
	const whole = (match[2] ?? "").replaceAll("_", "");
	const fraction = (match[3] ?? "").replaceAll("_", "");
	const digits = whole + fraction;
	const point = whole.length + exponent;
	const padded = point < 0 ? "0".repeat(-point) + digits : digits.padEnd(point, "0");
	const at = Math.max(point, 0);
	const left = padded.slice(0, at).replace(/^0+(?=\d)/, "") || "0";
	const right = padded.slice(at).replace(/0+$/, "");
	const plain = right === "" ? left : `${left}.${right}`;
	return match[1] === "-" && plain !== "0" ? `-${plain}` : plain;
}

function radixNumeral(match: RegExpExecArray): string | undefined {
	const [, sign, base, digits = ""] = match;
	try {
		const value = BigInt(`0${(base ?? "x").toLowerCase()}${digits.replaceAll("_", "")}`);
		return `${sign === "-" && value !== 0n ? "-" : ""}${value}`;
	} catch {
		return undefined;
	}
}

/**
 * The same, where the difference between an integer and a numeric constant matters (`x / 2` and `x / 2.0`):
 * a numeral that is written with a point or an exponent keeps one.
 */
export function typedNumeral(text: string): string {
	const plain = plainNumeral(text);
	if (plain === undefined) return text;
	return /[.eE]/.test(text) && !/^[+-]?0[xX]/.test(text) && !plain.includes(".") ? `${plain}.0` : plain;
}

/** Whether the plain numeral is an integer. */
export function isInteger(plain: string): boolean {
	return /^-?\d+$/.test(plain);
}
