/** Writes the published JSON Schemas from the zod schemas that decide: `pnpm schemas`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { publishedSchemas } from "../src/published-schemas.js";

const folder = new URL("../schema/", import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(publishedSchemas())) writeFileSync(new URL(name, folder), text);
