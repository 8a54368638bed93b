/** A line on the terminal that says what is going on, for work that lasts. */
import type { Io } from "./io.js";

const DELAY = 1000;

export interface Progress {
	/** Replaces the line. */
	say(text: string): void;
	/** Takes the line away. */
	end(): void;
}

/** Shows progress on stderr after a second, if that is a terminal; nothing otherwise. */
export function startProgress(io: Io, enabled: boolean): Progress {
	if (!enabled || !io.stderrIsTTY || io.env.TERM === "dumb") return { say() {}, end() {} };
	let text = "";
	let shown = false;
	const draw = (): void => {
		io.stderr.write(`\r\u001B[2K${text}`);
		shown = true;
	};
	const timer = setTimeout(draw, DELAY);
	timer.unref();
	return {
		say(next) {
			text = next;
			if (shown) draw();
		},
		end() {
			clearTimeout(timer);
			if (shown) io.stderr.write("\r\u001B[2K");
			shown = false;
		},
	};
}
