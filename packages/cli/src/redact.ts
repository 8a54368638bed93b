/** Keeps secrets that stand in the user's files out of what the tool prints. */

const HIDDEN = "***";

const RULES: readonly (readonly [RegExp, string])[] = [
	// The password of a URL. It may itself hold an @, so the last one before the host counts.
	[/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@'"`<>]*):([^\s/'"`<>]+)@/gi, `$1:${HIDDEN}@`],
	// libpq's keyword form, environment variables and query parameters.
	[
		/\b((?:[A-Za-z]+_)*(?:password|passwd|pwd|pgpassword|secret|token|api_?key))(=)(?!=)("[^"]*"|'[^']*'|[^\s&;,'"`)]+)/gi,
		`$1$2${HIDDEN}`,
	],
	// Tokens that their issuers gave a recognisable form.
	[/\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_[A-Za-z0-9]{30,})\b/g, HIDDEN],
	[/\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)[-_][\w-]{10,}/g, HIDDEN],
	[/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, HIDDEN],
	[/\bxox[abprs]-[\w-]{10,}/g, HIDDEN],
	[/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]*/g, HIDDEN],
	[/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, HIDDEN],
];

/** The text without passwords of URLs, `password=…` values and well-known tokens. */
export function redact(text: string): string {
	return RULES.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}

/**
 * An argument of the command line as it may be repeated. There a connection string may stand that is none, since its scheme or
 * a sign is missing or wrong: all between the first colon and the last @ counts as the password, and all that follows `password=` or what is nearly that.
 */
export function redactArgument(text: string): string {
	return text
		.replace(/^((?:[a-z][a-z0-9+.-]*=)*(?:[a-z][a-z0-9+.-]*:\/+)?[^:@/]*:).+@/is, `$1${HIDDEN}@`)
		.replace(/(pas+w\w*\s*=).+$/is, `$1${HIDDEN}`);
}

/** A message without the passwords that stand in the arguments that it repeats. */
export function redactArguments(text: string, argv: readonly string[]): string {
	return argv.reduce((clean, argument) => {
		const shown = redactArgument(argument);
		const quoted = JSON.stringify(argument).slice(1, -1);
		return shown === argument
			? clean
			: clean.replaceAll(argument, shown).replaceAll(quoted, JSON.stringify(shown).slice(1, -1));
	}, text);
}

/** {@link redact} for every string in a JSON value, keys left as they are. */
export function redactDeep<T>(value: T): T;
export function redactDeep(value: unknown): unknown {
	if (typeof value === "string") return redact(value);
	if (Array.isArray(value)) return value.map((item) => redactDeep(item));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactDeep(item)]));
}
