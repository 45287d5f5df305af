CREATE TABLE "esscm"."scan_log_lines" (
	"scan_id" text collate "C" NOT NULL,
	"position" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"attempt" integer NOT NULL,
	"level" text NOT NULL,
	"stage" text,
	"text" text NOT NULL,
	CONSTRAINT "scan_log_lines_scan_id_position_pk" PRIMARY KEY("scan_id","position")
);
--> statement-breakpoint
ALTER TABLE "esscm"."triage_decisions" ADD COLUMN "batch_id" text collate "C";--> statement-breakpoint
ALTER TABLE "esscm"."scan_log_lines" ADD CONSTRAINT "scan_log_lines_scan_id_scans_id_fk" FOREIGN KEY ("scan_id") REFERENCES "esscm"."scans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "scan_log_lines_age" ON "esscm"."scan_log_lines" USING btree ("at");--> statement-breakpoint
CREATE INDEX "triage_decisions_batch" ON "esscm"."triage_decisions" USING btree ("batch_id") WHERE "esscm"."triage_decisions"."batch_id" is not null;