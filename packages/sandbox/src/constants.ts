/** Shared with the code that runs in the sandbox, hence without any import. */

/** Wraps what the inert stubs turn into as text, so that a name made of one is seen to be unknown. */
export const UNKNOWN_OPEN = "\uE5A1";
export const UNKNOWN_CLOSE = "\uE5A2";

/** The folder in which modules believe to be. */
export const VIRTUAL_ROOT = "/project";
