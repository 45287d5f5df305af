CREATE TABLE "esscm"."scan_pauses" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"paused_by" text collate "C" NOT NULL,
	"paused_by_name" text NOT NULL,
	"paused_at" timestamp (3) with time zone NOT NULL,
	"resumed_by" text collate "C",
	"resumed_by_name" text,
	"resumed_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "esscm"."scan_pauses" ADD CONSTRAINT "scan_pauses_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "scan_pauses_one" ON "esscm"."scan_pauses" USING btree ("organization_id") WHERE "esscm"."scan_pauses"."resumed_at" is null;