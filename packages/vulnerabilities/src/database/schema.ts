/** Of the tables below; a database of another version is not read. */
export const databaseVersion = 4;

/**
 * Tables of one generation. `affected` is the hot one: clustered by what a lookup asks for, without row ids, with all ranges of a
 * package that were written together in one row, as JSON: a list of `StoredRange`. `part` is the lowest advisory that was among them.
 * Malware has a twin of it, so that its volume costs ordinary lookups nothing. Bodies are apart and raw-deflated. `alias` holds every
 * identifier of a record but its own. `support` says until when releases of a product are supported, `product` which product a
 * name or a package URL without version stands for.
 */
export const tableStatements = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, location TEXT NOT NULL, licence TEXT NOT NULL, attribution TEXT NOT NULL,
  imported_at TEXT NOT NULL, etag TEXT, last_modified TEXT, newest_record TEXT NOT NULL, records INTEGER NOT NULL,
  vulnerabilities INTEGER NOT NULL, informational INTEGER NOT NULL, malware INTEGER NOT NULL, withdrawn INTEGER NOT NULL,
  ranges INTEGER NOT NULL, refused INTEGER NOT NULL, entries INTEGER NOT NULL,
  revision TEXT NOT NULL, cursor TEXT, complete_at TEXT NOT NULL
);
CREATE TABLE ecosystem (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE advisory (
  id INTEGER PRIMARY KEY, external_id TEXT NOT NULL, source INTEGER NOT NULL, kind TEXT NOT NULL, modified TEXT NOT NULL,
  published TEXT, withdrawn TEXT, summary TEXT NOT NULL, severities TEXT, aliases TEXT, upstream TEXT, related TEXT
);
CREATE TABLE affected (
  ecosystem INTEGER NOT NULL, name TEXT NOT NULL, part INTEGER NOT NULL, source INTEGER NOT NULL, ranges TEXT NOT NULL,
  PRIMARY KEY (ecosystem, name, part)
) WITHOUT ROWID;
CREATE TABLE malware (
  ecosystem INTEGER NOT NULL, name TEXT NOT NULL, part INTEGER NOT NULL, source INTEGER NOT NULL, ranges TEXT NOT NULL,
  PRIMARY KEY (ecosystem, name, part)
) WITHOUT ROWID;
CREATE TABLE listed (advisory INTEGER NOT NULL, sequence INTEGER NOT NULL, versions TEXT NOT NULL, PRIMARY KEY (advisory, sequence)) WITHOUT ROWID;
CREATE TABLE body (advisory INTEGER PRIMARY KEY, deflated BLOB NOT NULL);
CREATE TABLE alias (identifier TEXT NOT NULL, advisory INTEGER NOT NULL, PRIMARY KEY (identifier, advisory)) WITHOUT ROWID;
CREATE TABLE enrichment (
  cve TEXT PRIMARY KEY, epss REAL, epss_percentile REAL, kev_added TEXT, kev_due TEXT, kev_ransomware INTEGER, kev_action TEXT
) WITHOUT ROWID;
CREATE TABLE support (
  product TEXT NOT NULL, cycle TEXT NOT NULL, label TEXT NOT NULL, ended INTEGER NOT NULL, ends TEXT, extended_ends TEXT, PRIMARY KEY (product, cycle)
) WITHOUT ROWID;
CREATE TABLE product (identifier TEXT PRIMARY KEY, product TEXT NOT NULL) WITHOUT ROWID;
`;

/** Made after the rows, which is faster than keeping them in order. */
export const indexStatements = `
CREATE INDEX IF NOT EXISTS advisory_external_id ON advisory (external_id);
CREATE INDEX IF NOT EXISTS advisory_source ON advisory (source);
`;
