DROP INDEX "esscm"."scans_newest";--> statement-breakpoint
DROP INDEX "esscm"."scans_of_connection";--> statement-breakpoint
ALTER TABLE "esscm"."scans" ADD COLUMN "standing" smallint GENERATED ALWAYS AS (case state when 'running' then 2 when 'queued' then 1 else 0 end) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "esscm"."scans" ADD COLUMN "listed_at" timestamp (3) with time zone GENERATED ALWAYS AS (case state when 'queued' then created_at else coalesce(started_at, created_at) end) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "scans_newest" ON "esscm"."scans" USING btree ("organization_id","standing","listed_at","id");--> statement-breakpoint
CREATE INDEX "scans_of_connection" ON "esscm"."scans" USING btree ("connection_id","standing","listed_at","id");