/** So long one reader may hold the thread, in milliseconds: short beside what starting a process takes. */
const TURN = 10;

/**
 * Makes a function to await now and then in a long loop: it gives way to the other readers, which wait for files and
 * processes, once the loop has held the thread for {@link TURN}. Costs next to nothing when it need not.
 */
export function breathing(): () => Promise<void> {
	let since = performance.now();
	return async () => {
		if (performance.now() - since < TURN) return;
		await new Promise<void>((resolve) => setImmediate(resolve));
		since = performance.now();
	};
}
