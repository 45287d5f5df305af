/** Where feeds are: each an http:, https: or file: address that stands for the public one, such as a mirror or a folder. */
export interface FeedAddresses {
  /** Holds `<ecosystem>/all.zip`, `<ecosystem>/modified_id.csv` and `<ecosystem>/<id>.json`. */
  readonly osv: string;
  /** Holds `<branch>/main.json` and `<branch>/community.json`. */
  readonly alpineSecdb: string;
  /** Holds `main.yaml` and `community.yaml`. */
  readonly alpineRejections: string;
  /** One file. */
  readonly debianTracker: string;
  /** Holds the repositories of Amazon Linux 2 and 2023, as cdn.amazonlinux.com does. */
  readonly amazonLinux: string;
  /** The repositories of the first Amazon Linux: holds `2018.03/updates/x86_64/mirror.list`. */
  readonly amazonLinux1: string;
  /** The CVE explorer of Amazon Linux: holds `<CVE>.html`. */
  readonly amazonExplorer: string;
  /** One file. */
  readonly oracleLinux: string;
  /** Holds `cve_data_photon<release>.json`. */
  readonly photon: string;
  /** Holds `cbl-mariner-<release>-oval.xml`. */
  readonly azureLinux: string;
  /** Holds `archive_latest.txt`, `changes.csv`, `deletions.csv` and a document for each CVE. */
  readonly redHatVex: string;
  /** One file. */
  readonly kev: string;
  /** One file. */
  readonly epss: string;
  /** One file. */
  readonly endOfLife: string;
}

/** The feeds in one mirror or folder, each under a name of its own. */
export function mirroredFeeds(base: string): FeedAddresses {
  const folder = base.endsWith('/') ? base : `${base}/`;
  return {
    osv: `${folder}osv/`,
    alpineSecdb: `${folder}alpine-secdb/`,
    alpineRejections: `${folder}alpine-rejections/`,
    debianTracker: `${folder}debian-tracker.json`,
    amazonLinux: `${folder}amazon-linux/`,
    amazonLinux1: `${folder}amazon-linux-1/`,
    amazonExplorer: `${folder}amazon-explorer/`,
    oracleLinux: `${folder}com.oracle.elsa-all.xml.bz2`,
    photon: `${folder}photon/`,
    azureLinux: `${folder}azure-linux/`,
    redHatVex: `${folder}red-hat-vex/`,
    kev: `${folder}known_exploited_vulnerabilities.json`,
    epss: `${folder}epss_scores-current.csv.gz`,
    endOfLife: `${folder}end-of-life.json`,
  };
}

/** The public feeds. */
export const publicFeeds: FeedAddresses = {
  osv: 'https://storage.googleapis.com/osv-vulnerabilities/',
  alpineSecdb: 'https://secdb.alpinelinux.org/',
  alpineRejections: 'https://gitlab.alpinelinux.org/alpine/security/security-rejections/-/raw/master/',
  debianTracker: 'https://security-tracker.debian.org/tracker/data/json',
  amazonLinux: 'https://cdn.amazonlinux.com/',
  amazonLinux1: 'http://repo.us-west-2.amazonaws.com/',
  amazonExplorer: 'https://explore.alas.aws.amazon.com/',
  oracleLinux: 'https://linux.oracle.com/security/oval/com.oracle.elsa-all.xml.bz2',
  photon: 'https://packages.broadcom.com/photon/photon_cve_metadata/',
  azureLinux: 'https://raw.githubusercontent.com/microsoft/AzureLinuxVulnerabilityData/main/',
  redHatVex: 'https://security.access.redhat.com/data/csaf/v2/vex/',
  kev: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  epss: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
  endOfLife: 'https://endoflife.date/api/v1/products/full',
};
