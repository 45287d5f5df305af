-- What is asked for packages of Amazon Linux has grown by what its CVE explorer says: which changes concern them is not known until they are scanned again, and they are matched as a whole.
UPDATE "esscm"."components" AS c SET "look_ups" = NULL FROM "esscm"."matchings" AS m WHERE m."content_id" = c."content_id" AND m."distribution" ->> 'id' = 'amzn' AND c."ecosystem" = 'rpm';
