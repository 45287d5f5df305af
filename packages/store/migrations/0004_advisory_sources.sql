CREATE TABLE "esscm"."advisory_sources" (
	"name" text collate "C" PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"progress" jsonb,
	"feeds" jsonb NOT NULL,
	"failure" jsonb,
	"failures" integer NOT NULL,
	"wanted_at" timestamp (3) with time zone NOT NULL,
	"checked_at" timestamp (3) with time zone,
	"next_attempt_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "esscm"."leases" (
	"name" text collate "C" PRIMARY KEY NOT NULL,
	"holder" text collate "C" NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "esscm"."matchings_revision";--> statement-breakpoint
ALTER TABLE "esscm"."matchings" ADD COLUMN "held_revision" text collate "C";--> statement-breakpoint
CREATE INDEX "matchings_held_revision" ON "esscm"."matchings" USING btree ("held_revision","content_id");