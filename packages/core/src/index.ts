export * from "./adapter/contract.js";
export type { ExpressionContext } from "./expression/context.js";
export * from "./model/address.js";
export * from "./model/builder.js";
export * from "./model/kinds.js";
export * from "./model/snapshot.js";
export * from "./types/format.js";
export * from "./types/parse.js";
