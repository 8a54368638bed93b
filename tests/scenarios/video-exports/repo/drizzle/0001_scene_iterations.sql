CREATE TABLE "reel-lab_animation_design_brief" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"project_id" uuid NOT NULL,
	"component_job_id" uuid,
	"design_brief" jsonb NOT NULL,
	"llm_model" varchar(100) NOT NULL,
	"originalTsxCode" text,
	"lastFixAttempt" timestamp with time zone,
	"fixIssues" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reel-lab_scene_iteration" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"scene_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"operation_type" text NOT NULL,
	"user_prompt" text NOT NULL,
	"code_before" text,
	"code_after" text,
	"generation_time_ms" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reel-lab_scene_plan" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"project_id" uuid NOT NULL,
	"raw_reasoning" text,
	"plan_data" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "reel-lab_export_analytics" ADD COLUMN "user_agent" text;--> statement-breakpoint
ALTER TABLE "reel-lab_message" ADD COLUMN "image_urls" jsonb;--> statement-breakpoint
ALTER TABLE "reel-lab_animation_design_brief" ADD CONSTRAINT "reel-lab_animation_design_brief_project_id_reel-lab_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."reel-lab_project"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reel-lab_animation_design_brief" ADD CONSTRAINT "reel-lab_animation_design_brief_component_job_id_reel-lab_custom_component_job_id_fk" FOREIGN KEY ("component_job_id") REFERENCES "public"."reel-lab_custom_component_job"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reel-lab_scene_iteration" ADD CONSTRAINT "reel-lab_scene_iteration_scene_id_reel-lab_scene_id_fk" FOREIGN KEY ("scene_id") REFERENCES "public"."reel-lab_scene"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reel-lab_scene_iteration" ADD CONSTRAINT "reel-lab_scene_iteration_project_id_reel-lab_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."reel-lab_project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reel-lab_scene_plan" ADD CONSTRAINT "reel-lab_scene_plan_project_id_reel-lab_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."reel-lab_project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "animation_design_brief_project_idx" ON "reel-lab_animation_design_brief" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "scene_iteration_scene_idx" ON "reel-lab_scene_iteration" USING btree ("scene_id");--> statement-breakpoint
CREATE INDEX "scene_plan_project_idx" ON "reel-lab_scene_plan" USING btree ("project_id");