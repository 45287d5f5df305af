/** What a text says of the version of a GNU licence under which software is. */
export interface GnuGrant {
  readonly spdxExpression: string;
  /** `GPL`, `LGPL`, `AGPL` or `GFDL`. */
  readonly family: string;
  /** `2.0`. */
  readonly version: string;
}

const maximumTextLength = 500_000;
const maximumGrants = 50;

/** Versions that SPDX lists. */
const versions: Readonly<Record<string, readonly string[]>> = { GPL: ['1.0', '2.0', '3.0'], LGPL: ['2.0', '2.1', '3.0'], AGPL: ['3.0'], GFDL: ['1.1', '1.2', '1.3'] };

/**
 * The sentence by which the Free Software Foundation has authors put software under a licence of it ("How to Apply These Terms"): it names a version, and says
 * of later ones that they may be chosen, or goes on with the disclaimer without a word of them. Other sentences say nothing here.
 */
const grant = /gnu (?<kind>lesser |library |affero )?(?<document>general public|free documentation) license(?: (?:l?gpl|agpl))?(?: as published by the free software foundation)?(?: either| under)? version (?<version>\d(?: \d)?)(?<before> (?:of the license )?(?:as )?published by the free software foundation)?(?: of the (?:gnu (?:lesser |library )?(?:general public )?)?license)?(?<behind>(?: or)?(?: at your option)? any later version| or later(?: version)?| only | this (?:program|package|library|software|file|script|module) is distributed in the hope that)?/g;

/** The licence texts themselves end with advice of how to word such a sentence. */
const advice = 'how to apply these terms to your new';
const adviceLength = 4000;

/** The GNU licences that software is granted under in prose, each once. */
export function gnuGrants(text: string): readonly GnuGrant[] {
  const words = text.slice(0, maximumTextLength).toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ');
  const found = new Map<string, GnuGrant>();
  for (const { index, groups = {} } of words.matchAll(grant)) {
    if (found.size === maximumGrants) break;
    const read = readGrant(groups, words.slice(index, index + 500));
    if (read !== undefined && !words.slice(Math.max(0, index - adviceLength), index).includes(advice)) found.set(read.spdxExpression, read);
  }
  return [...found.values()];
}

function readGrant(groups: Readonly<Record<string, string | undefined>>, words: string): GnuGrant | undefined {
  const { kind = '', document = '', version: digits = '', before, behind } = groups;
  const family = document === 'free documentation' ? 'GFDL' : kind === '' ? 'GPL' : kind.startsWith('affero') ? 'AGPL' : 'LGPL';
  const version = digits.includes(' ') ? digits.replace(' ', '.') : `${digits}.0`;
  const isLater = behind?.includes('later') === true;
  const isOnly = behind !== undefined || before !== undefined;
  // The version behind the name of a licence without a word of later ones may be that of the text alone.
  if (versions[family]?.includes(version) !== true || (!isLater && (!isOnly || words.includes('later version')))) return undefined;
  // Of documents, what may not be changed belongs to the licence; all standard wordings name it.
  const infix = family !== 'GFDL' ? '' : words.includes('no invariant sections') ? '-no-invariants' : '';
  return { family, version, spdxExpression: `${family}-${version}${infix}-${isLater ? 'or-later' : 'only'}` };
}
