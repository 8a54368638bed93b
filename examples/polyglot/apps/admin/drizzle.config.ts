import { defineConfig } from "drizzle-kit";

// The migrations are in db/migrations: drizzle-kit is here for its studio only.
export default defineConfig({
  dialect: "postgresql",
  schema: "./src/db/schema.ts",
  dbCredentials: { url: process.env.DATABASE_URL ?? "" },
});
