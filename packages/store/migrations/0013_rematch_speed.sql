CREATE INDEX "components_without_look_ups" ON "esscm"."components" USING btree ("content_id") WHERE "esscm"."components"."look_ups" is null;--> statement-breakpoint
-- Room for changed findings beside the old ones, so that no index has to learn of them.
ALTER TABLE "esscm"."findings" SET (fillfactor = 85);
