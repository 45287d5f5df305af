CREATE TABLE "esscm"."finding_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "esscm"."finding_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"organization_id" text collate "C" NOT NULL,
	"image_id" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"cause" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"revision" text,
	"vulnerability" text collate "C" NOT NULL,
	"package_key" text collate "C" NOT NULL,
	"package_name" text NOT NULL,
	"package_version" text NOT NULL,
	"severity" smallint NOT NULL,
	"fix_version" text,
	"changes" jsonb
);
--> statement-breakpoint
ALTER TABLE "esscm"."finding_events" ADD CONSTRAINT "finding_events_image_id_tracked_images_id_fk" FOREIGN KEY ("image_id") REFERENCES "esscm"."tracked_images"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "finding_events_newest" ON "esscm"."finding_events" USING btree ("organization_id","at","id");--> statement-breakpoint
CREATE INDEX "finding_events_of_finding" ON "esscm"."finding_events" USING btree ("image_id","vulnerability","package_key","id");