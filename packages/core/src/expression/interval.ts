/** Interval and date/time constants in one spelling (Postgres manual, "Date/Time Types"). */

interface Span {
	months: number;
	days: number;
	/** Microseconds. */
	micros: number;
}

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;
const MICROS: Readonly<Record<string, number>> = {
	microsecond: 1,
	millisecond: 1_000,
	second: SECOND,
	minute: 60 * SECOND,
	hour: 3_600 * SECOND,
};
const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7 };
const MONTHS: Readonly<Record<string, number>> = {
	month: 1,
	year: 12,
	decade: 120,
	century: 1_200,
	millennium: 12_000,
};
const UNITS: Readonly<Record<string, string>> = Object.fromEntries(
	Object.entries({
		microsecond: "us usec usecs usecond useconds microsecs microsec",
		millisecond: "ms msec msecs msecond mseconds",
		second: "s sec secs",
		minute: "m min mins",
		hour: "h hr hrs",
		day: "d",
		week: "w",
		month: "mon mons",
		year: "y yr yrs",
		decade: "dec decs",
		century: "c cent centuries",
		millennium: "mil mils millennia",
	}).flatMap(([unit, names]) => [unit, `${unit}s`, ...names.split(" ")].map((name) => [name, unit])),
);

const PART =
	/\s*([+-]?)\s*(?:(\d+):(\d{1,2})(?::(\d{1,2}(?:\.\d{1,6})?))?(?![\d:])|(\d+(?:\.\d+)?|\.\d+)\s*([a-z]*))\s*/y;

/**
 * An interval as Postgres prints it, from the usual spellings: `1 week`, `90 minutes`, `P1DT2H`, `1 day ago`.
 * @param unit what a number without a unit counts: INTERVAL '1' DAY; `second` otherwise
 * @returns `undefined` for spellings that are not read
 */
export function plainInterval(text: string, unit = "second"): string | undefined {
	const span = readSpan(text.trim().toLowerCase(), unit);
	return span && printSpan(span);
}

function readSpan(text: string, unit: string): Span | undefined {
	if (/^p/.test(text)) return readIso(text);
	const ago = /\s+ago$/.test(text);
	// SQL's own spelling of years and months: 1-2.
	const body = text
		.replace(/\s+ago$/, "")
		.replace(/^@\s*/, "")
		.replace(/^([+-]?)(\d+)-(\d+)(?=\s|$)/, "$1$2 years $1$3 months");
	if (body === "") return undefined;
	const span: Span = { months: 0, days: 0, micros: 0 };
	PART.lastIndex = 0;
	while (PART.lastIndex < body.length) {
		const match = PART.exec(body);
		if (!match || !addPart(span, match, unit)) return undefined;
	}
	return ago ? { months: -span.months, days: -span.days, micros: -span.micros } : span;
}

function addPart(span: Span, match: RegExpExecArray, unit: string): boolean {
	const sign = match[1] === "-" ? -1 : 1;
	if (match[2] !== undefined) {
		const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? "0");
		span.micros += sign * Math.round(seconds * SECOND);
		return true;
	}
	return addAmount(span, sign * Number(match[5]), match[6] ? UNITS[match[6]] : unit);
}

function addAmount(span: Span, amount: number, unit: string | undefined): boolean {
	if (unit === undefined) return false;
	const [micros, days, months] = [MICROS[unit], DAYS[unit], MONTHS[unit]];
	if (micros !== undefined) span.micros += Math.round(amount * micros);
	else if (days !== undefined) addDays(span, amount * days);
	else if (months !== undefined) {
		const whole = Math.trunc(amount * months);
		span.months += whole;
		addDays(span, (amount * months - whole) * 30);
	} else return false;
	return true;
}

function addDays(span: Span, days: number): void {
	const whole = Math.trunc(days);
	span.days += whole;
	span.micros += Math.round((days - whole) * DAY);
}

const ISO =
	/^p(?:(-?\d+)y)?(?:(-?\d+)m)?(?:(-?\d+)w)?(?:(-?\d+)d)?(?:t(?:(-?\d+)h)?(?:(-?\d+)m)?(?:(-?\d+(?:\.\d+)?)s)?)?$/;

function readIso(text: string): Span | undefined {
	const match = ISO.exec(text);
	if (!match) return undefined;
	const part = (at: number) => Number(match[at] ?? "0");
	return {
		months: part(1) * 12 + part(2),
		days: part(3) * 7 + part(4),
		micros: Math.round((part(5) * 3600 + part(6) * 60 + part(7)) * SECOND),
	};
}

function printSpan(span: Span): string {
	const years = Math.trunc(span.months / 12);
	const months = span.months % 12;
	const parts = [count(years, "year"), count(months, "mon"), count(span.days, "day")].filter(
		(part) => part !== "",
	);
	if (span.micros !== 0 || parts.length === 0) parts.push(clock(span.micros));
	return parts.join(" ");
}

function count(amount: number, unit: string): string {
	return amount === 0 ? "" : `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

function clock(micros: number): string {
	const total = Math.abs(micros);
	const seconds = Math.floor(total / SECOND);
	const two = (value: number) => String(value).padStart(2, "0");
	const fraction = String(total % SECOND)
		.padStart(6, "0")
		.replace(/0+$/, "");
	const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
	return `${micros < 0 ? "-" : ""}${time}${fraction ? `.${fraction}` : ""}`;
}

const STAMP =
	/^(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{2}:\d{2})(?::(\d{2}(?:\.\d+)?))?)?\s*(z|utc|[+-]\d{1,2}(?::?\d{2})?)?$/i;

/**
 * A date or timestamp in one spelling: `2024-01-01T00:00:00Z`; midnight without a zone is the date alone.
 * A `zoned` constant without a zone means UTC here: which zone the server is set to is not in the source.
 * @returns `undefined` for spellings that depend on settings or on the current time
 */
export function plainTimestamp(
	text: string,
	options: { zoned: boolean; dateOnly?: boolean },
): string | undefined {
	// The only special date that Postgres does not keep as it is written.
	if (text.trim().toLowerCase() === "epoch") return "1970-01-01";
	const match = STAMP.exec(text.trim());
	if (!match) return undefined;
	const [, date = "", minutes = "00:00", seconds = "00", zone] = match;
	if (options.dateOnly) return date;
	const time = `${minutes}:${/\./.test(seconds) ? seconds.replace(/\.?0+$/, "") : seconds}`;
	if (!options.zoned || zone === undefined) return stamp(date, time);
	const instant = new Date(`${date}T${minutes}:${seconds.slice(0, 2)}${isoZone(zone)}`);
	if (Number.isNaN(instant.getTime())) return undefined;
	const [utcDate = "", utcTime = ""] = instant.toISOString().slice(0, 19).split("T");
	return stamp(utcDate, utcTime + time.slice(8));
}

function stamp(date: string, time: string): string {
	return time === "00:00:00" ? date : `${date} ${time}`;
}

function isoZone(zone: string): string {
	if (/^(z|utc)$/i.test(zone)) return "Z";
	const [, sign = "+", hours = "0", minutes = "00"] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? [];
	return `${sign}${hours.padStart(2, "0")}:${minutes}`;
}
