export { sqlAdapter } from "./adapter.js";
export { breathing } from "./breath.js";
export { type Declared, type DeclaredGap, readDeclared } from "./declared.js";
export { isDefaultOperatorClass } from "./emit/operator-classes.js";
export {
	type ExpressionReader,
	expressionFromNode,
	loadExpressions,
	type QueryValue,
	queryFromNode,
} from "./expression/reader.js";
export { type FollowedDatabase, type FollowedRelation, followScripts } from "./follow.js";
export { functionBody } from "./interpret/body.js";
export { neverCreated } from "./interpret/never-created.js";
export { describeUse } from "./interpret/session.js";
export { loadParser, type ParseFailure, type Parser, parseFailure } from "./parser.js";
export { type ReadScriptsInput, readScripts, type Script } from "./read-scripts.js";
export { readTraced, scriptOf } from "./traced/read.js";
export { hasPlaceholder, type Piece, TracedSql } from "./traced/traced-sql.js";
