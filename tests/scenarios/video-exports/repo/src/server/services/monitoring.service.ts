import { db } from "~/server/db";
import { apiUsageMetrics } from "~/server/db/schema";

export interface Call {
  readonly provider: string;
  readonly model: string;
  readonly operation: string;
  readonly milliseconds: number;
  readonly success: boolean;
}

export async function recordCall(call: Call, userId?: string): Promise<void> {
  await db.insert(apiUsageMetrics).values({
    userId,
    provider: call.provider,
    model: call.model,
    operation: call.operation,
    responseTime: call.milliseconds,
    success: call.success,
  });
}
