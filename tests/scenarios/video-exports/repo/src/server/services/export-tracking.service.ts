import { and, desc, eq } from "drizzle-orm";
import { db } from "~/server/db";
import { exportAnalytics, exports } from "~/server/db/schema";

/** Notes that a render started; returns the export's id. */
export async function trackExport(userId: string, projectId: string, renderId: string): Promise<string> {
  const [row] = await db.insert(exports).values({ userId, projectId, renderId }).returning({ id: exports.id });
  if (!row) throw new Error("the export was not stored");
  await db.insert(exportAnalytics).values({ exportId: row.id, eventType: "started" });
  return row.id;
}

export async function exportsOf(userId: string, projectId: string) {
  return db
    .select()
    .from(exports)
    .where(and(eq(exports.userId, userId), eq(exports.projectId, projectId)))
    .orderBy(desc(exports.createdAt));
}
