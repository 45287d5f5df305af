/** Under which terms a source publishes, and whom to name. */
export interface SourceTerms {
  readonly licence: string;
  readonly attribution: string;
}

const terms: Readonly<Record<string, SourceTerms>> = {
  AlmaLinux: { licence: 'MIT', attribution: 'AlmaLinux OS Foundation' },
  Alpine: { licence: 'no formal licence', attribution: 'Alpine Linux security team' },
  'Azure Linux': { licence: 'MIT', attribution: 'Microsoft' },
  Bitnami: { licence: 'Apache-2.0', attribution: 'Bitnami' },
  Chainguard: { licence: 'CC-BY-NC-ND with a scanner licence: not to be redistributed', attribution: 'Chainguard' },
  'crates.io': { licence: 'CC0-1.0, partly CC-BY-4.0', attribution: 'RustSec, GitHub Advisory Database' },
  Debian: { licence: 'MIT style', attribution: 'Debian security team' },
  Go: { licence: 'CC-BY-4.0', attribution: 'Go vulnerability database, GitHub Advisory Database' },
  PyPI: { licence: 'CC-BY-4.0', attribution: 'PyPA, GitHub Advisory Database' },
  'amazon-linux': { licence: 'terms of the Amazon Linux site', attribution: 'Amazon Web Services, Amazon Linux Security Center' },
  'amazon-explorer': { licence: 'terms of the Amazon Linux site', attribution: 'Amazon Web Services, Amazon Linux Security Center' },
  'oracle-linux': { licence: 'terms of Oracle', attribution: 'Oracle Linux errata' },
  photon: { licence: 'no formal licence', attribution: 'Photon OS, Broadcom' },
  'debian-tracker': { licence: 'MIT style', attribution: 'Debian security tracker' },
  'alpine-secdb': { licence: 'no formal licence', attribution: 'Alpine Linux security team' },
  'end-of-life': { licence: 'MIT', attribution: 'endoflife.date' },
  kev: { licence: 'CC0-1.0', attribution: 'CISA, catalogue of known exploited vulnerabilities' },
  epss: { licence: 'free with attribution', attribution: 'FIRST, Exploit Prediction Scoring System' },
  'Red Hat': { licence: 'CC-BY-4.0', attribution: 'Red Hat' },
  'Rocky Linux': { licence: 'BSD-3-Clause', attribution: 'Rocky Enterprise Software Foundation' },
  SUSE: { licence: 'CC-BY-4.0', attribution: 'SUSE' },
  openSUSE: { licence: 'CC-BY-4.0', attribution: 'SUSE' },
  Ubuntu: { licence: 'CC-BY-SA-4.0', attribution: 'Canonical' },
  Wolfi: { licence: 'CC-BY-NC-ND with a scanner licence: not to be redistributed', attribution: 'Chainguard' },
};

const githubEcosystems: ReadonlySet<string> = new Set(['npm', 'Maven', 'NuGet', 'RubyGems', 'Packagist', 'Hex', 'Pub', 'SwiftURL', 'GitHub Actions']);

/** Terms of an ecosystem on OSV.dev, as far as they are known. */
export function sourceTerms(ecosystem: string): SourceTerms {
  if (githubEcosystems.has(ecosystem)) return { licence: 'CC-BY-4.0; malware records Apache-2.0', attribution: 'GitHub Advisory Database; OpenSSF' };
  return terms[ecosystem] ?? { licence: 'see the source', attribution: ecosystem };
}

/** False for sources that everyone may read, and nobody may hand on. */
export function mayBeHandedOn(licence: string): boolean {
  return !licence.includes('not to be redistributed');
}
