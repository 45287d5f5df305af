CREATE TABLE "esscm"."finding_details" (
	"organization_id" text collate "C" NOT NULL,
	"fingerprint" text collate "C" NOT NULL,
	"vulnerability" text collate "C" NOT NULL,
	"identifiers" text[] NOT NULL,
	"detail" jsonb NOT NULL,
	CONSTRAINT "finding_details_key" PRIMARY KEY("organization_id","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "esscm"."findings" (
	"content_id" text collate "C" NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"position" integer NOT NULL,
	"vulnerability" text collate "C" NOT NULL,
	"package_key" text collate "C" NOT NULL,
	"package_name" text collate "C" NOT NULL,
	"package_version" text NOT NULL,
	"ecosystem" text NOT NULL,
	"layer_index" integer,
	"severity" smallint NOT NULL,
	"score" double precision,
	"epss" double precision,
	"epss_percentile" double precision,
	"exploited_since" text,
	"exploited_due" text,
	"ransomware" boolean NOT NULL,
	"fix_state" text NOT NULL,
	"fix_version" text,
	"class" text NOT NULL,
	"hidden" boolean NOT NULL,
	"confidence" text NOT NULL,
	"published" text,
	"priority" integer NOT NULL,
	"fingerprint" text collate "C" NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "findings_key" PRIMARY KEY("content_id","position","vulnerability")
);
--> statement-breakpoint
CREATE TABLE "esscm"."matchings" (
	"content_id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"state" text NOT NULL,
	"revision" text collate "C",
	"advisories_at" timestamp (3) with time zone,
	"matched_at" timestamp (3) with time zone NOT NULL,
	"matcher_version" text collate "C" NOT NULL,
	"distribution" jsonb,
	"notices" jsonb NOT NULL,
	"missing_ecosystems" text[] NOT NULL,
	"suppressed_count" integer NOT NULL,
	"hidden_count" integer NOT NULL,
	"critical" integer NOT NULL,
	"high" integer NOT NULL,
	"medium" integer NOT NULL,
	"low" integer NOT NULL,
	"negligible" integer NOT NULL,
	"none" integer NOT NULL,
	"unknown" integer NOT NULL,
	"exploited_count" integer NOT NULL,
	"fixable_count" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "esscm"."components" ADD COLUMN "look_ups" integer[];--> statement-breakpoint
ALTER TABLE "esscm"."components" ADD COLUMN "match_facts" jsonb;--> statement-breakpoint
ALTER TABLE "esscm"."finding_details" ADD CONSTRAINT "finding_details_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."findings" ADD CONSTRAINT "findings_content_id_contents_id_fk" FOREIGN KEY ("content_id") REFERENCES "esscm"."contents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."matchings" ADD CONSTRAINT "matchings_content_id_contents_id_fk" FOREIGN KEY ("content_id") REFERENCES "esscm"."contents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."matchings" ADD CONSTRAINT "matchings_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "finding_details_identifiers" ON "esscm"."finding_details" USING gin ("identifiers");--> statement-breakpoint
CREATE INDEX "findings_by_priority" ON "esscm"."findings" USING btree ("organization_id","hidden","priority","vulnerability","content_id","position");--> statement-breakpoint
CREATE INDEX "findings_of_vulnerability" ON "esscm"."findings" USING btree ("organization_id","vulnerability");--> statement-breakpoint
CREATE INDEX "findings_of_package" ON "esscm"."findings" USING btree ("organization_id","package_key");--> statement-breakpoint
CREATE INDEX "matchings_revision" ON "esscm"."matchings" USING btree ("revision","content_id");--> statement-breakpoint
CREATE INDEX "matchings_of_organization" ON "esscm"."matchings" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "components_look_ups" ON "esscm"."components" USING gin ("look_ups");