CREATE TABLE "esscm"."connect_requests" (
	"organization_id" text collate "C" NOT NULL,
	"requested_by" text collate "C" NOT NULL,
	"client_mutation_id" text collate "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"connection_id" text collate "C",
	"image_ids" text[] NOT NULL,
	"scan_ids" text[] NOT NULL,
	CONSTRAINT "connect_requests_key" PRIMARY KEY("organization_id","requested_by","client_mutation_id")
);
--> statement-breakpoint
CREATE TABLE "esscm"."connection_drafts" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"plugin_id" text NOT NULL,
	"variant_id" text NOT NULL,
	"credential_kind_id" text,
	"name" text collate "C" NOT NULL,
	"description" text NOT NULL,
	"settings" jsonb NOT NULL,
	"credential_hint" text NOT NULL,
	"verification" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text collate "C" NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "esscm"."connections" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"plugin_id" text NOT NULL,
	"variant_id" text NOT NULL,
	"credential_kind_id" text,
	"name" text collate "C" NOT NULL,
	"description" text NOT NULL,
	"settings" jsonb NOT NULL,
	"credential_hint" text NOT NULL,
	"verification" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text collate "C" NOT NULL,
	"credential_set_at" timestamp (3) with time zone,
	"sample" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "esscm"."master_key" (
	"id" text PRIMARY KEY NOT NULL,
	"key_id" text collate "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "esscm"."sealed_secrets" (
	"owner_id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"format_version" text NOT NULL,
	"key_id" text collate "C" NOT NULL,
	"fields" text[] NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "esscm"."catalogue_chunks" (
	"content_id" text collate "C" NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"index" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "catalogue_chunks_key" PRIMARY KEY("content_id","index")
);
--> statement-breakpoint
CREATE TABLE "esscm"."components" (
	"content_id" text collate "C" NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"position" integer NOT NULL,
	"id" text NOT NULL,
	"ecosystem" text NOT NULL,
	"name" text NOT NULL,
	"version" text NOT NULL,
	"package_url" text NOT NULL,
	"layer_index" integer,
	"licences" jsonb NOT NULL,
	"locations" jsonb NOT NULL,
	"description" text,
	"supplier" text,
	"source_name" text,
	"source_version" text,
	"owned_by" text,
	CONSTRAINT "components_key" PRIMARY KEY("content_id","position")
);
--> statement-breakpoint
CREATE TABLE "esscm"."content_layers" (
	"content_id" text collate "C" NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"index" integer NOT NULL,
	"digest" text NOT NULL,
	"diff_id" text NOT NULL,
	"media_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"created_by" text,
	"component_count" integer NOT NULL,
	CONSTRAINT "content_layers_key" PRIMARY KEY("content_id","index")
);
--> statement-breakpoint
CREATE TABLE "esscm"."contents" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"published" boolean NOT NULL,
	"digest" text collate "C" NOT NULL,
	"media_type" text NOT NULL,
	"platform" text NOT NULL,
	"created" text,
	"size_bytes" bigint NOT NULL,
	"distribution_name" text,
	"component_count" integer NOT NULL,
	"partial" boolean NOT NULL,
	"diagnostics" jsonb NOT NULL,
	"catalogue_version" text collate "C" NOT NULL,
	"catalogued_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "esscm"."layer_facts" (
	"diff_id" text collate "C" NOT NULL,
	"key" text collate "C" NOT NULL,
	"index" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "layer_facts_key" PRIMARY KEY("diff_id","key","index")
);
--> statement-breakpoint
CREATE TABLE "esscm"."project_versions" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"project_id" text collate "C" NOT NULL,
	"version" text collate "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "esscm"."projects" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "esscm"."scans" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"tracked_image_id" text collate "C" NOT NULL,
	"connection_id" text collate "C" NOT NULL,
	"state" text NOT NULL,
	"active" boolean GENERATED ALWAYS AS (state in ('queued', 'running')) STORED NOT NULL,
	"stage" text,
	"progress" jsonb NOT NULL,
	"sequence" integer NOT NULL,
	"attempt" integer NOT NULL,
	"failure" jsonb,
	"diagnostics" jsonb NOT NULL,
	"trigger" text NOT NULL,
	"requested_by" text collate "C" NOT NULL,
	"content_id" text collate "C",
	"digest" text,
	"component_count" integer,
	"created_at" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "esscm"."tracked_images" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"connection_id" text collate "C" NOT NULL,
	"project_version_id" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"repository" text NOT NULL,
	"tag" text collate "C" NOT NULL,
	"pinned_digest" text,
	"platform" text,
	"content_id" text collate "C",
	"content_scanned_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "esscm"."access_tokens" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"organization_id" text collate "C" NOT NULL,
	"user_id" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"scopes" text[] NOT NULL,
	"hash" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "esscm"."organizations" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "esscm"."connect_requests" ADD CONSTRAINT "connect_requests_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."connect_requests" ADD CONSTRAINT "connect_requests_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "esscm"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."connection_drafts" ADD CONSTRAINT "connection_drafts_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."connections" ADD CONSTRAINT "connections_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."sealed_secrets" ADD CONSTRAINT "sealed_secrets_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."catalogue_chunks" ADD CONSTRAINT "catalogue_chunks_content_id_contents_id_fk" FOREIGN KEY ("content_id") REFERENCES "esscm"."contents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."components" ADD CONSTRAINT "components_content_id_contents_id_fk" FOREIGN KEY ("content_id") REFERENCES "esscm"."contents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."content_layers" ADD CONSTRAINT "content_layers_content_id_contents_id_fk" FOREIGN KEY ("content_id") REFERENCES "esscm"."contents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."contents" ADD CONSTRAINT "contents_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."project_versions" ADD CONSTRAINT "project_versions_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."project_versions" ADD CONSTRAINT "project_versions_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "esscm"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."projects" ADD CONSTRAINT "projects_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."scans" ADD CONSTRAINT "scans_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."scans" ADD CONSTRAINT "scans_tracked_image_id_tracked_images_id_fk" FOREIGN KEY ("tracked_image_id") REFERENCES "esscm"."tracked_images"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."scans" ADD CONSTRAINT "scans_content_id_contents_id_fk" FOREIGN KEY ("content_id") REFERENCES "esscm"."contents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."tracked_images" ADD CONSTRAINT "tracked_images_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."tracked_images" ADD CONSTRAINT "tracked_images_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "esscm"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."tracked_images" ADD CONSTRAINT "tracked_images_project_version_id_project_versions_id_fk" FOREIGN KEY ("project_version_id") REFERENCES "esscm"."project_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."tracked_images" ADD CONSTRAINT "tracked_images_content_id_contents_id_fk" FOREIGN KEY ("content_id") REFERENCES "esscm"."contents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "esscm"."access_tokens" ADD CONSTRAINT "access_tokens_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "esscm"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connect_requests_age" ON "esscm"."connect_requests" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "connect_requests_connection" ON "esscm"."connect_requests" USING btree ("connection_id");--> statement-breakpoint
CREATE INDEX "connection_drafts_expiry" ON "esscm"."connection_drafts" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "connections_name" ON "esscm"."connections" USING btree ("organization_id","name");--> statement-breakpoint
CREATE INDEX "connections_newest" ON "esscm"."connections" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "contents_published" ON "esscm"."contents" USING btree ("organization_id","digest","catalogue_version") WHERE "esscm"."contents"."published";--> statement-breakpoint
CREATE INDEX "contents_unpublished" ON "esscm"."contents" USING btree ("catalogued_at") WHERE not "esscm"."contents"."published";--> statement-breakpoint
CREATE UNIQUE INDEX "project_versions_version" ON "esscm"."project_versions" USING btree ("project_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "projects_name" ON "esscm"."projects" USING btree ("organization_id","name_key");--> statement-breakpoint
CREATE UNIQUE INDEX "scans_one_active" ON "esscm"."scans" USING btree ("tracked_image_id") WHERE "esscm"."scans"."active";--> statement-breakpoint
CREATE INDEX "scans_newest" ON "esscm"."scans" USING btree ("organization_id","active","created_at","id");--> statement-breakpoint
CREATE INDEX "scans_of_connection" ON "esscm"."scans" USING btree ("connection_id","active","created_at","id");--> statement-breakpoint
CREATE INDEX "scans_of_image" ON "esscm"."scans" USING btree ("tracked_image_id","created_at","id");--> statement-breakpoint
CREATE INDEX "scans_by_state" ON "esscm"."scans" USING btree ("organization_id","state");--> statement-breakpoint
CREATE INDEX "scans_unfinished" ON "esscm"."scans" USING btree ("created_at","id") WHERE "esscm"."scans"."active";--> statement-breakpoint
CREATE INDEX "scans_content" ON "esscm"."scans" USING btree ("content_id");--> statement-breakpoint
CREATE INDEX "tracked_images_by_name" ON "esscm"."tracked_images" USING btree ("organization_id","name","tag","id");--> statement-breakpoint
CREATE INDEX "tracked_images_of_connection" ON "esscm"."tracked_images" USING btree ("connection_id","name","tag","id");--> statement-breakpoint
CREATE INDEX "tracked_images_of_version" ON "esscm"."tracked_images" USING btree ("project_version_id","name","tag","id");--> statement-breakpoint
CREATE INDEX "tracked_images_content" ON "esscm"."tracked_images" USING btree ("content_id");--> statement-breakpoint
CREATE INDEX "tracked_images_search" ON "esscm"."tracked_images" USING gin ("name" gin_trgm_ops,"tag" gin_trgm_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "access_tokens_hash" ON "esscm"."access_tokens" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "access_tokens_of_user" ON "esscm"."access_tokens" USING btree ("organization_id","user_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_one_default" ON "esscm"."organizations" USING btree ("is_default") WHERE "esscm"."organizations"."is_default";