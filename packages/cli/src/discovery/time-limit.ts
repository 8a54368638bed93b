/** Ends the wait for what does not end by itself. */

/** Thrown when the time is over. */
export class TimeOver extends Error {
	override readonly name = "TimeOver";
}

/**
 * The task's result, or TimeOver after `seconds`. A task that blocks the thread cannot be ended by this.
 * @throws TimeOver, or what the task throws.
 */
export async function withTimeLimit<T>(seconds: number, task: () => Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const over = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new TimeOver(`it took longer than ${seconds} s`)), seconds * 1000);
	});
	try {
		return await Promise.race([task(), over]);
	} finally {
		clearTimeout(timer);
	}
}
