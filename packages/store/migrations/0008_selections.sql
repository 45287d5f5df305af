CREATE TABLE "esscm"."connection_watches" (
	"connection_id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"every_minutes" integer NOT NULL,
	"paused" boolean NOT NULL,
	"next_check_at" timestamp (3) with time zone NOT NULL,
	"requested_at" timestamp (3) with time zone,
	"events_due_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone GENERATED ALWAYS AS (least(requested_at, case when paused then null else least(events_due_at, next_check_at) end)) STORED,
	"lease_holder" text,
	"lease_until" timestamp (3) with time zone,
	"cursor" text,
	"last_check" jsonb,
	"event_secret_hash" "bytea",
	"event_secret_set_at" timestamp (3) with time zone,
	"last_event_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "esscm"."registry_events" (
	"connection_id" text collate "C" NOT NULL,
	"event_id" text collate "C" NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"action" text NOT NULL,
	"repository" text NOT NULL,
	"tag" text,
	"digest" text,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"handled" boolean NOT NULL,
	CONSTRAINT "registry_events_key" PRIMARY KEY("connection_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "esscm"."selections" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"connection_id" text collate "C" NOT NULL,
	"position" integer NOT NULL,
	"rule" jsonb NOT NULL,
	"naming" jsonb NOT NULL,
	"platforms" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text collate "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "esscm"."tracked_images" ADD COLUMN "rule_id" text;--> statement-breakpoint
ALTER TABLE "esscm"."tracked_images" ADD COLUMN "registry_digest" text;--> statement-breakpoint
ALTER TABLE "esscm"."tracked_images" ADD COLUMN "gone_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "esscm"."tracked_images" ADD COLUMN "released_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "esscm"."connection_watches" ADD CONSTRAINT "connection_watches_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "esscm"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."connection_watches" ADD CONSTRAINT "connection_watches_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."registry_events" ADD CONSTRAINT "registry_events_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "esscm"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."selections" ADD CONSTRAINT "selections_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."selections" ADD CONSTRAINT "selections_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "esscm"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connection_watches_due" ON "esscm"."connection_watches" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "registry_events_age" ON "esscm"."registry_events" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "registry_events_unhandled" ON "esscm"."registry_events" USING btree ("connection_id","received_at") WHERE not "esscm"."registry_events"."handled";--> statement-breakpoint
CREATE INDEX "selections_of_connection" ON "esscm"."selections" USING btree ("connection_id","position");--> statement-breakpoint
CREATE INDEX "tracked_images_of_repository" ON "esscm"."tracked_images" USING btree ("connection_id","repository","id");