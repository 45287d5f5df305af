ALTER TABLE "esscm"."connection_drafts" ADD COLUMN "verification_progress" jsonb;--> statement-breakpoint
ALTER TABLE "esscm"."connection_drafts" ADD COLUMN "credential_expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "esscm"."connections" ADD COLUMN "verification_progress" jsonb;--> statement-breakpoint
ALTER TABLE "esscm"."connections" ADD COLUMN "credential_expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "esscm"."connections" ADD COLUMN "without_scanning" boolean DEFAULT false NOT NULL;