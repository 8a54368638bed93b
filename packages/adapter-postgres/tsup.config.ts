import { defineConfig } from "tsup";
import { base } from "../../tsup.base";

/** The embedded Postgres's thread is an entry of its own. */
export default defineConfig({ ...base, entry: { index: "src/index.ts", worker: "src/embedded/worker.ts" } });
