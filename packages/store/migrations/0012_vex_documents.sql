CREATE TABLE "esscm"."vex_applications" (
	"image_id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"content_id" text collate "C" NOT NULL,
	"matched_at" timestamp (3) with time zone NOT NULL,
	"generation" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "esscm"."vex_documents" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"source" text NOT NULL,
	"identity" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"location" text NOT NULL,
	"format" text NOT NULL,
	"stated_id" text NOT NULL,
	"author" text NOT NULL,
	"version" text NOT NULL,
	"issued" text NOT NULL,
	"digest" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"statement_count" integer NOT NULL,
	"attached_to" text[] NOT NULL,
	"problems" text[] NOT NULL,
	"replaced" jsonb NOT NULL,
	"added_by" text,
	"added_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"image_id" text collate "C",
	"content_id" text collate "C",
	"checked_at" timestamp (3) with time zone,
	"next_check_at" timestamp (3) with time zone,
	"entity_tag" text,
	"last_modified" text,
	"failure" jsonb,
	"failures" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "esscm"."vex_generations" (
	"organization_id" text collate "C" PRIMARY KEY NOT NULL,
	"generation" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "esscm"."vex_identifiers" (
	"organization_id" text collate "C" NOT NULL,
	"identifier" text collate "C" NOT NULL,
	"document_id" text collate "C" NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "vex_identifiers_key" PRIMARY KEY("organization_id","identifier","document_id","position")
);
--> statement-breakpoint
CREATE TABLE "esscm"."vex_readings" (
	"image_id" text collate "C" PRIMARY KEY NOT NULL,
	"content_id" text collate "C" NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	"next_read_at" timestamp (3) with time zone NOT NULL,
	"failure" jsonb
);
--> statement-breakpoint
CREATE TABLE "esscm"."vex_statements" (
	"document_id" text collate "C" NOT NULL,
	"position" integer NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"vulnerability" text collate "C" NOT NULL,
	"aliases" text[] NOT NULL,
	"status" text NOT NULL,
	"justification" text,
	"impact" text,
	"action" text,
	"notes" text,
	"stated_at" text NOT NULL,
	"products" jsonb NOT NULL,
	CONSTRAINT "vex_statements_key" PRIMARY KEY("document_id","position")
);
--> statement-breakpoint
CREATE TABLE "esscm"."vex_trusts" (
	"connection_id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"trusted_by" text NOT NULL,
	"trusted_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "esscm"."vex_verdicts" (
	"image_id" text collate "C" NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"content_id" text collate "C" NOT NULL,
	"position" integer NOT NULL,
	"vulnerability" text collate "C" NOT NULL,
	"package_key" text collate "C" NOT NULL,
	"rank" smallint NOT NULL,
	"document_id" text collate "C" NOT NULL,
	"statement" integer NOT NULL,
	"status" text NOT NULL,
	"justification" text,
	"detail" jsonb NOT NULL,
	CONSTRAINT "vex_verdicts_key" PRIMARY KEY("image_id","position","vulnerability","rank")
);
--> statement-breakpoint
ALTER TABLE "esscm"."vex_applications" ADD CONSTRAINT "vex_applications_image_id_tracked_images_id_fk" FOREIGN KEY ("image_id") REFERENCES "esscm"."tracked_images"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."vex_documents" ADD CONSTRAINT "vex_documents_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."vex_documents" ADD CONSTRAINT "vex_documents_image_id_tracked_images_id_fk" FOREIGN KEY ("image_id") REFERENCES "esscm"."tracked_images"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."vex_generations" ADD CONSTRAINT "vex_generations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."vex_identifiers" ADD CONSTRAINT "vex_identifiers_document_id_vex_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "esscm"."vex_documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."vex_readings" ADD CONSTRAINT "vex_readings_image_id_tracked_images_id_fk" FOREIGN KEY ("image_id") REFERENCES "esscm"."tracked_images"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."vex_statements" ADD CONSTRAINT "vex_statements_document_id_vex_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "esscm"."vex_documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."vex_trusts" ADD CONSTRAINT "vex_trusts_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "esscm"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."vex_trusts" ADD CONSTRAINT "vex_trusts_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."vex_verdicts" ADD CONSTRAINT "vex_verdicts_image_id_tracked_images_id_fk" FOREIGN KEY ("image_id") REFERENCES "esscm"."tracked_images"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."vex_verdicts" ADD CONSTRAINT "vex_verdicts_document_id_vex_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "esscm"."vex_documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "vex_documents_identity" ON "esscm"."vex_documents" USING btree ("organization_id","source","identity");--> statement-breakpoint
CREATE INDEX "vex_documents_newest" ON "esscm"."vex_documents" USING btree ("organization_id","changed_at","id");--> statement-breakpoint
CREATE INDEX "vex_documents_of_image" ON "esscm"."vex_documents" USING btree ("image_id");--> statement-breakpoint
CREATE INDEX "vex_documents_due" ON "esscm"."vex_documents" USING btree ("next_check_at");--> statement-breakpoint
CREATE INDEX "vex_identifiers_of_document" ON "esscm"."vex_identifiers" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "vex_verdicts_of_document" ON "esscm"."vex_verdicts" USING btree ("document_id","statement");