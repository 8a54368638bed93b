/** For the program that runs inside the sandbox: what every engine's has in common. */
export { UNKNOWN_CLOSE, UNKNOWN_OPEN, VIRTUAL_ROOT } from "../constants.js";
export type { Place } from "../protocol.js";
export { openModule } from "./builtins.js";
export type { Modules } from "./modules.js";
export { callPlace, errorPlace } from "./places.js";
export { exportsOf, type GuestEngine, type Round, serve } from "./serve.js";
export { makeStub, SPREAD_KEY, type StubWatcher, stubLabel, unknownText } from "./stub.js";
export { thrownText } from "./thrown.js";
