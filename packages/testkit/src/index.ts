export { type ConformanceCheck, conformance } from "./conformance.js";
export * from "./files.js";
export type { ConformanceFixture } from "./fixture.js";
