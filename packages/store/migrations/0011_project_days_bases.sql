CREATE TABLE "esscm"."project_finding_days" (
	"organization_id" text collate "C" NOT NULL,
	"project_version_id" text collate "C" NOT NULL,
	"day" text collate "C" NOT NULL,
	"critical" integer NOT NULL,
	"high" integer NOT NULL,
	"medium" integer NOT NULL,
	"low" integer NOT NULL,
	"exploited" integer,
	"image_count" integer NOT NULL,
	"judged_image_count" integer NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "project_finding_days_key" PRIMARY KEY("project_version_id","day")
);
--> statement-breakpoint
ALTER TABLE "esscm"."contents" ADD COLUMN "base_name" text;--> statement-breakpoint
ALTER TABLE "esscm"."contents" ADD COLUMN "base_layer_count" integer;--> statement-breakpoint
ALTER TABLE "esscm"."contents" ADD COLUMN "base_diff_id" text collate "C";--> statement-breakpoint
ALTER TABLE "esscm"."project_finding_days" ADD CONSTRAINT "project_finding_days_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."project_finding_days" ADD CONSTRAINT "project_finding_days_project_version_id_project_versions_id_fk" FOREIGN KEY ("project_version_id") REFERENCES "esscm"."project_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contents_of_base" ON "esscm"."contents" USING btree ("organization_id","base_diff_id") WHERE "esscm"."contents"."base_diff_id" is not null;