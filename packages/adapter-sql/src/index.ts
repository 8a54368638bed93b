export { loadParser, type ParseFailure, type Parser, parseFailure } from "./parser.js";
export { type ReadScriptsInput, readScripts, type Script } from "./read-scripts.js";
