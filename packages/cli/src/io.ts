/** What the tool knows of the world outside: its streams, its environment, where it was started. */

export interface OutputStream {
	write(text: string): unknown;
}

export interface Io {
	readonly stdout: OutputStream;
	readonly stderr: OutputStream;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Absolute. */
	readonly cwd: string;
	/** The terminal's width; undefined when stdout is no terminal. */
	readonly columns?: number | undefined;
	/** Whether stdout is a terminal. */
	readonly isTTY: boolean;
	/** Whether stderr is a terminal: progress is shown only there. */
	readonly stderrIsTTY?: boolean | undefined;
}

const PIPED_WIDTH = 100;
const NARROWEST = 40;

/** How wide to print: COLUMNS, else the terminal's width, else 100. */
export function widthOf(io: Io): number {
	const stated = Number.parseInt(io.env.COLUMNS ?? "", 10);
	const width = io.isTTY && io.columns ? io.columns : stated > 0 ? stated : PIPED_WIDTH;
	return Math.max(NARROWEST, width);
}

/**
 * Whether to use colours. `--color`/`--no-color` decide; else NO_COLOR, FORCE_COLOR, `TERM=dumb` and whether it is a terminal
 * (https://no-color.org, https://force-color.org).
 */
export function usesColor(io: Io, option: boolean | undefined): boolean {
	if (option !== undefined) return option;
	const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
	if (NO_COLOR) return false;
	if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
	return io.isTTY && TERM !== "dumb";
}
