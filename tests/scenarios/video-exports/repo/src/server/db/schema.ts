import { relations, sql } from "drizzle-orm";
import { index, pgTableCreator, primaryKey, uniqueIndex } from "drizzle-orm/pg-core";
import { type AdapterAccount } from "next-auth/adapters";

/** Several projects share one database: every table of this one starts with the prefix. */
export const createTable = pgTableCreator((name) => `reel-lab_${name}`);

// ---------- accounts ----------

export const users = createTable("user", (d) => ({
  id: d
    .varchar("id", { length: 255 })
    .primaryKey()
    .$defaultFn(() => crypto.randomUUID()),
  name: d.varchar("name", { length: 255 }),
  email: d.varchar("email", { length: 255 }).notNull(),
  emailVerified: d.timestamp("email_verified", { mode: "date", withTimezone: true }).default(sql`CURRENT_TIMESTAMP`),
  image: d.varchar("image", { length: 255 }),
  isAdmin: d.boolean("is_admin").default(false).notNull(),
}));

export const accounts = createTable(
  "account",
  (d) => ({
    userId: d
      .varchar("user_id", { length: 255 })
      .notNull()
      .references(() => users.id),
    type: d.varchar("type", { length: 255 }).$type<AdapterAccount["type"]>().notNull(),
    provider: d.varchar("provider", { length: 255 }).notNull(),
    providerAccountId: d.varchar("provider_account_id", { length: 255 }).notNull(),
    refreshToken: d.text("refresh_token"),
    accessToken: d.text("access_token"),
    expiresAt: d.integer("expires_at"),
  }),
  (t) => [
    primaryKey({ columns: [t.provider, t.providerAccountId] }),
    index("account_user_id_idx").on(t.userId),
  ],
);

// ---------- projects and scenes ----------

export const projects = createTable(
  "project",
  (d) => ({
    id: d.uuid("id").primaryKey().defaultRandom(),
    userId: d
      .varchar("user_id", { length: 255 })
      .notNull()
      .references(() => users.id),
    title: d.varchar("title", { length: 255 }).notNull(),
    props: d.jsonb("props").notNull(),
    isWelcome: d.boolean("is_welcome").default(true).notNull(),
    createdAt: d.timestamp("created_at", { withTimezone: true }).default(sql`CURRENT_TIMESTAMP`).notNull(),
    updatedAt: d.timestamp("updated_at", { withTimezone: true }).$onUpdate(() => new Date()),
  }),
  (t) => [index("project_user_id_idx").on(t.userId), uniqueIndex("project_user_title_unique").on(t.userId, t.title)],
);

export const messages = createTable(
  "message",
  (d) => ({
    id: d.uuid("id").primaryKey().defaultRandom(),
    projectId: d
      .uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    content: d.text("content").notNull(),
    role: d.varchar("role", { length: 50 }).notNull(),
    kind: d.text("kind").default("message").notNull(),
    status: d.varchar("status", { length: 50 }).default("success"),
    imageUrls: d.jsonb("image_urls").$type<string[]>(),
    sequence: d.integer("sequence").default(0).notNull(),
    createdAt: d.timestamp("created_at", { withTimezone: true }).defaultNow().notNull(),
  }),
  (t) => [index("message_project_id_idx").on(t.projectId)],
);

export const scenes = createTable(
  "scene",
  (d) => ({
    id: d.uuid("id").primaryKey().defaultRandom(),
    projectId: d
      .uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    name: d.varchar("name", { length: 255 }).default("Scene").notNull(),
    order: d.integer("order").default(0).notNull(),
    tsxCode: d.text("tsx_code").notNull(),
    duration: d.integer("duration").default(150).notNull(),
    props: d.jsonb("props"),
    createdAt: d.timestamp("created_at", { withTimezone: true }).defaultNow().notNull(),
  }),
  (t) => [index("scene_project_id_idx").on(t.projectId), index("scene_order_idx").on(t.projectId, t.order)],
);

export const sceneIterations = createTable(
  "scene_iteration",
  (d) => ({
    id: d.uuid("id").primaryKey().defaultRandom(),
    sceneId: d
      .uuid("scene_id")
      .notNull()
      .references(() => scenes.id, { onDelete: "cascade" }),
    projectId: d
      .uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    operationType: d.text("operation_type", { enum: ["create", "edit", "delete"] }).notNull(),
    userPrompt: d.text("user_prompt").notNull(),
    codeBefore: d.text("code_before"),
    codeAfter: d.text("code_after"),
    generationTimeMs: d.integer("generation_time_ms"),
    createdAt: d.timestamp("created_at", { withTimezone: true }).defaultNow().notNull(),
  }),
  (t) => [index("scene_iteration_scene_idx").on(t.sceneId)],
);

export const scenePlans = createTable(
  "scene_plan",
  (d) => ({
    id: d.uuid("id").primaryKey().defaultRandom(),
    projectId: d
      .uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    rawReasoning: d.text("raw_reasoning"),
    planData: d.jsonb("plan_data").notNull(),
    createdAt: d.timestamp("created_at", { withTimezone: true }).defaultNow().notNull(),
  }),
  (t) => [index("scene_plan_project_idx").on(t.projectId)],
);

export const customComponentJobs = createTable(
  "custom_component_job",
  (d) => ({
    id: d.uuid("id").primaryKey().defaultRandom(),
    projectId: d
      .uuid("project_id")
      .notNull()
      .references(() => projects.id),
    effect: d.text("effect").notNull(),
    status: d.varchar("status", { length: 50 }).default("pending").notNull(),
    tsxCode: d.text("tsx_code"),
    errorMessage: d.text("error_message"),
    retryCount: d.integer("retry_count").default(0).notNull(),
    createdAt: d.timestamp("created_at", { withTimezone: true }).default(sql`CURRENT_TIMESTAMP`).notNull(),
    updatedAt: d.timestamp("updated_at", { withTimezone: true }).$onUpdate(() => new Date()),
  }),
  (t) => [index("custom_component_job_project_idx").on(t.projectId), index("custom_component_job_status_idx").on(t.status)],
);

export const animationDesignBriefs = createTable(
  "animation_design_brief",
  (d) => ({
    id: d.uuid("id").primaryKey().defaultRandom(),
    projectId: d
      .uuid("project_id")
      .notNull()
      .references(() => projects.id),
    componentJobId: d.uuid("component_job_id").references(() => customComponentJobs.id),
    designBrief: d.jsonb("design_brief").notNull(),
    llmModel: d.varchar("llm_model", { length: 100 }).notNull(),
    originalTsxCode: d.text("originalTsxCode"),
    lastFixAttempt: d.timestamp("lastFixAttempt", { withTimezone: true }),
    fixIssues: d.text("fixIssues"),
    createdAt: d.timestamp("created_at", { withTimezone: true }).defaultNow().notNull(),
  }),
  (t) => [index("animation_design_brief_project_idx").on(t.projectId)],
);

// ---------- exports ----------

export const exports = createTable(
  "exports",
  (d) => ({
    id: d.uuid("id").primaryKey().defaultRandom(),
    userId: d.varchar("user_id", { length: 255 }).notNull(),
    projectId: d.uuid("project_id").notNull(),
    renderId: d.varchar("render_id", { length: 255 }).notNull().unique(),
    status: d.varchar("status", { length: 50 }).default("pending").notNull(),
    progress: d.integer("progress").default(0).notNull(),
    format: d.varchar("format", { length: 10 }).default("mp4").notNull(),
    quality: d.varchar("quality", { length: 20 }).default("high").notNull(),
    fileSize: d.bigint("file_size", { mode: "number" }),
    outputUrl: d.text("output_url"),
    error: d.text("error"),
    createdAt: d.timestamp("created_at", { withTimezone: true }).defaultNow().notNull(),
    completedAt: d.timestamp("completed_at", { withTimezone: true }),
  }),
  (t) => [index("exports_user_id_idx").on(t.userId), index("exports_project_id_idx").on(t.projectId)],
);

export const exportAnalytics = createTable(
  "export_analytics",
  (d) => ({
    id: d.uuid("id").primaryKey().defaultRandom(),
    exportId: d
      .uuid("export_id")
      .notNull()
      .references(() => exports.id, { onDelete: "cascade" }),
    eventType: d.varchar("event_type", { length: 50 }).notNull(),
    eventData: d.jsonb("event_data"),
    userAgent: d.text("user_agent"),
    createdAt: d.timestamp("created_at", { withTimezone: true }).defaultNow().notNull(),
  }),
  (t) => [index("export_analytics_export_id_idx").on(t.exportId)],
);

// ---------- credits ----------

export const userCredits = createTable("user_credits", (d) => ({
  userId: d
    .varchar("user_id", { length: 255 })
    .primaryKey()
    .references(() => users.id),
  dailyCredits: d.integer("daily_credits").default(20).notNull(),
  purchasedCredits: d.integer("purchased_credits").default(0).notNull(),
  dailyCreditsResetAt: d.timestamp("daily_credits_reset_at", { withTimezone: true }).defaultNow().notNull(),
}));

export const creditTransactions = createTable(
  "credit_transaction",
  (d) => ({
    id: d.uuid("id").primaryKey().defaultRandom(),
    userId: d
      .varchar("user_id", { length: 255 })
      .notNull()
      .references(() => users.id),
    type: d.varchar("type", { length: 50 }).notNull(),
    amount: d.integer("amount").notNull(),
    description: d.text("description"),
    createdAt: d.timestamp("created_at", { withTimezone: true }).defaultNow().notNull(),
  }),
  (t) => [index("credit_transaction_user_idx").on(t.userId)],
);

// ---------- monitoring ----------

export const apiUsageMetrics = createTable(
  "api_usage_metric",
  (d) => ({
    id: d.uuid().primaryKey().defaultRandom(),
    userId: d.varchar({ length: 255 }).references(() => users.id),
    projectId: d.uuid().references(() => projects.id),
    provider: d.varchar({ length: 50 }).notNull(),
    model: d.varchar({ length: 100 }).notNull(),
    operation: d.varchar({ length: 50 }).notNull(),
    responseTime: d.integer().notNull(),
    success: d.boolean().notNull(),
    errorType: d.varchar({ length: 100 }),
    tokenCount: d.integer(),
    timestamp: d.timestamp({ withTimezone: true }).defaultNow().notNull(),
  }),
  (t) => [index("api_metrics_provider_idx").on(t.provider), index("api_metrics_timestamp_idx").on(t.timestamp)],
);

// ---------- relations ----------

export const projectsRelations = relations(projects, ({ one, many }) => ({
  user: one(users, { fields: [projects.userId], references: [users.id] }),
  messages: many(messages),
  scenes: many(scenes),
}));

export const exportAnalyticsRelations = relations(exportAnalytics, ({ one }) => ({
  export: one(exports, { fields: [exportAnalytics.exportId], references: [exports.id] }),
}));
