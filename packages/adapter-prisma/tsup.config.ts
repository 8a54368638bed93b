import { defineConfig } from "tsup";
import { base } from "../../tsup.base";

/** The engine's thread is an entry of its own. */
export default defineConfig({ ...base, entry: { index: "src/index.ts", worker: "src/engine/worker.ts" } });
