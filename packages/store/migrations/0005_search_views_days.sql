CREATE TABLE "esscm"."finding_days" (
	"organization_id" text collate "C" NOT NULL,
	"day" text collate "C" NOT NULL,
	"critical" integer NOT NULL,
	"high" integer NOT NULL,
	"medium" integer NOT NULL,
	"low" integer NOT NULL,
	"exploited" integer NOT NULL,
	"image_count" integer NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "finding_days_key" PRIMARY KEY("organization_id","day")
);
--> statement-breakpoint
CREATE TABLE "esscm"."saved_views" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"page" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"query" text NOT NULL,
	"created_by" text collate "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "esscm"."components" ADD COLUMN "package_key" text collate "C" GENERATED ALWAYS AS (left(split_part(split_part(split_part(package_url, '#', 1), '?', 1), '@', 1), 500)) STORED;--> statement-breakpoint
ALTER TABLE "esscm"."finding_days" ADD CONSTRAINT "finding_days_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."saved_views" ADD CONSTRAINT "saved_views_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_name" ON "esscm"."saved_views" USING btree ("organization_id","page","name_key");--> statement-breakpoint
CREATE INDEX "components_of_package" ON "esscm"."components" USING btree ("organization_id","package_key");--> statement-breakpoint
CREATE INDEX "components_by_name" ON "esscm"."components" USING gin ("name" gin_trgm_ops);