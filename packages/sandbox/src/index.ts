/** Loads a project's modules and has them evaluated in a locked-down process. */
export { UNKNOWN_CLOSE, UNKNOWN_OPEN, VIRTUAL_ROOT } from "./constants.js";
export {
	distinct,
	type EntryFailure,
	type Evaluation,
	type EvaluationJob,
	evaluateModules,
} from "./evaluate.js";
export { orWholeGap, stateFailures } from "./failures.js";
export { type LoadOptions, type LoadProblem, languageOf, loadGraph, type ModuleGraph } from "./load/graph.js";
export { ImportResolver } from "./load/resolver.js";
export { candidates, type Packages, workspacePackages } from "./load/workspace.js";
export { type BundleOptions, bundleRuntime } from "./process/bundle.js";
export {
	DEFAULT_LIMITS,
	type Outcome,
	permissionFlag,
	runSandbox,
	type SandboxJob,
	type SandboxLimits,
} from "./process/run.js";
export { runtimeCode } from "./process/runtime-code.js";
export { setAside } from "./project/aside.js";
export { commonPath, packageFolder } from "./project/folders.js";
export { globExpression, isGlob } from "./project/glob.js";
export {
	type Answer,
	type Place,
	placeSchema,
	type SandboxModule,
	type SandboxTask,
	type Trouble,
} from "./protocol.js";
export { unknownPart } from "./unknown.js";
