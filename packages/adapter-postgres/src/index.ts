export { databaseSource, postgresAdapter } from "./adapter.js";
export { DatabaseProblem } from "./connection/problem.js";
export { isConnectionString, parseTarget, placeOf } from "./connection/target.js";
export { type Replay, replay } from "./embedded/replay.js";
export { PROBE_LIMITS, type ProbeLimits, probeDatabase } from "./observe/probe.js";
