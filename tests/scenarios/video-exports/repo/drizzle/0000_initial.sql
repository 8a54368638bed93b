CREATE TABLE "reel-lab_account" (
	"user_id" varchar(255) NOT NULL,
	"type" varchar(255) NOT NULL,
	"provider" varchar(255) NOT NULL,
	"provider_account_id" varchar(255) NOT NULL,
	"refresh_token" text,
	"access_token" text,
	"expires_at" integer,
	CONSTRAINT "reel-lab_account_provider_provider_account_id_pk" PRIMARY KEY("provider","provider_account_id")
);
--> statement-breakpoint
CREATE TABLE "reel-lab_credit_transaction" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" varchar(255) NOT NULL,
	"type" varchar(50) NOT NULL,
	"amount" integer NOT NULL,
	"description" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reel-lab_custom_component_job" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"project_id" uuid NOT NULL,
	"effect" text NOT NULL,
	"status" varchar(50) DEFAULT 'pending' NOT NULL,
	"tsx_code" text,
	"error_message" text,
	"retry_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updated_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "reel-lab_export_analytics" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"export_id" uuid NOT NULL,
	"event_type" varchar(50) NOT NULL,
	"event_data" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reel-lab_exports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" varchar(255) NOT NULL,
	"project_id" uuid NOT NULL,
	"render_id" varchar(255) NOT NULL,
	"status" varchar(50) DEFAULT 'pending' NOT NULL,
	"progress" integer DEFAULT 0 NOT NULL,
	"format" varchar(10) DEFAULT 'mp4' NOT NULL,
	"quality" varchar(20) DEFAULT 'high' NOT NULL,
	"file_size" bigint,
	"output_url" text,
	"error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"completed_at" timestamp with time zone,
	CONSTRAINT "reel-lab_exports_render_id_unique" UNIQUE("render_id")
);
--> statement-breakpoint
CREATE TABLE "reel-lab_message" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"project_id" uuid NOT NULL,
	"content" text NOT NULL,
	"role" varchar(50) NOT NULL,
	"kind" text DEFAULT 'message' NOT NULL,
	"status" varchar(50) DEFAULT 'success',
	"sequence" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reel-lab_project" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" varchar(255) NOT NULL,
	"title" varchar(255) NOT NULL,
	"props" jsonb NOT NULL,
	"is_welcome" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
	"updated_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "reel-lab_scene" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"project_id" uuid NOT NULL,
	"name" varchar(255) DEFAULT 'Scene' NOT NULL,
	"order" integer DEFAULT 0 NOT NULL,
	"tsx_code" text NOT NULL,
	"duration" integer DEFAULT 150 NOT NULL,
	"props" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reel-lab_user_credits" (
	"user_id" varchar(255) PRIMARY KEY NOT NULL,
	"daily_credits" integer DEFAULT 20 NOT NULL,
	"purchased_credits" integer DEFAULT 0 NOT NULL,
	"daily_credits_reset_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reel-lab_user" (
	"id" varchar(255) PRIMARY KEY NOT NULL,
	"name" varchar(255),
	"email" varchar(255) NOT NULL,
	"email_verified" timestamp with time zone DEFAULT CURRENT_TIMESTAMP,
	"image" varchar(255),
	"is_admin" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "reel-lab_account" ADD CONSTRAINT "reel-lab_account_user_id_reel-lab_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."reel-lab_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reel-lab_credit_transaction" ADD CONSTRAINT "reel-lab_credit_transaction_user_id_reel-lab_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."reel-lab_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reel-lab_custom_component_job" ADD CONSTRAINT "reel-lab_custom_component_job_project_id_reel-lab_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."reel-lab_project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reel-lab_export_analytics" ADD CONSTRAINT "reel-lab_export_analytics_export_id_reel-lab_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."reel-lab_exports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reel-lab_message" ADD CONSTRAINT "reel-lab_message_project_id_reel-lab_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."reel-lab_project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reel-lab_project" ADD CONSTRAINT "reel-lab_project_user_id_reel-lab_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."reel-lab_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reel-lab_scene" ADD CONSTRAINT "reel-lab_scene_project_id_reel-lab_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."reel-lab_project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reel-lab_user_credits" ADD CONSTRAINT "reel-lab_user_credits_user_id_reel-lab_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."reel-lab_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_user_id_idx" ON "reel-lab_account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "credit_transaction_user_idx" ON "reel-lab_credit_transaction" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "custom_component_job_project_idx" ON "reel-lab_custom_component_job" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "custom_component_job_status_idx" ON "reel-lab_custom_component_job" USING btree ("status");--> statement-breakpoint
CREATE INDEX "export_analytics_export_id_idx" ON "reel-lab_export_analytics" USING btree ("export_id");--> statement-breakpoint
CREATE INDEX "exports_user_id_idx" ON "reel-lab_exports" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "exports_project_id_idx" ON "reel-lab_exports" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "message_project_id_idx" ON "reel-lab_message" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "project_user_id_idx" ON "reel-lab_project" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "project_user_title_unique" ON "reel-lab_project" USING btree ("user_id","title");--> statement-breakpoint
CREATE INDEX "scene_project_id_idx" ON "reel-lab_scene" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "scene_order_idx" ON "reel-lab_scene" USING btree ("project_id","order");