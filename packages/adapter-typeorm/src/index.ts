/** The adapters for TypeORM: entities, and migrations. */
export { typeormAdapter } from "./entities.js";
export { typeormMigrationsAdapter } from "./migrations/adapter.js";
