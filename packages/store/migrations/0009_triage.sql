CREATE TABLE "esscm"."triage_decisions" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"vulnerability" text collate "C" NOT NULL,
	"package_key" text collate "C" NOT NULL,
	"scope" text NOT NULL,
	"scope_key" text collate "C" NOT NULL,
	"state" text NOT NULL,
	"justification" text,
	"reason" text NOT NULL,
	"author" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"reopen_when_fixed" boolean NOT NULL,
	"had_fix" boolean NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"end" text
);
--> statement-breakpoint
ALTER TABLE "esscm"."triage_decisions" ADD CONSTRAINT "triage_decisions_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "triage_decisions_one_active" ON "esscm"."triage_decisions" USING btree ("organization_id","vulnerability","package_key","scope","scope_key") WHERE "esscm"."triage_decisions"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "triage_decisions_newest" ON "esscm"."triage_decisions" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "triage_decisions_expiry" ON "esscm"."triage_decisions" USING btree ("expires_at") WHERE "esscm"."triage_decisions"."ended_at" is null;