ALTER TABLE "esscm"."scans" ADD COLUMN "cancelled_by" text collate "C";--> statement-breakpoint
ALTER TABLE "esscm"."scans" ADD COLUMN "cancelled_by_name" text;--> statement-breakpoint
CREATE INDEX "scans_begun" ON "esscm"."scans" USING btree ("organization_id","started_at");