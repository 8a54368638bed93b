import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";

import { reviews } from "./schema.js";

const db = drizzle(postgres(process.env.DATABASE_URL ?? ""));

/** A second review of one booking replaces the first. */
export async function review(bookingId: string, stars: number, comment?: string): Promise<void> {
  await db
    .insert(reviews)
    .values({ bookingId, stars, comment })
    .onConflictDoUpdate({ target: reviews.bookingId, set: { stars, comment } });
}
