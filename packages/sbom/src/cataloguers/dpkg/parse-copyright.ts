import { licenceTextsIn, soleLicenceText } from '../../licences/classify-licence-text.js';
import { gnuGrants, type GnuGrant } from '../../licences/gnu-grants.js';
import { commonLicence, shortNameExpression } from './debian-short-names.js';
import { parseControl } from './parse-control.js';

/** A licence named in a Debian copyright file. */
export interface CopyrightLicence {
  /** Empty for one whose whole text stands in the file without a name. */
  readonly name: string;
  /**
   * True for a name taken from a reference to `/usr/share/common-licenses`: the text applies, but whether a version
   * "or any later" is meant stands only in prose.
   */
  readonly isReference: boolean;
  /** What the file's own words say that it is: a text of the licence, or the sentence that puts software under it. */
  readonly spdxExpression?: string;
}

const maximumLicences = 100;
const maximumNameLength = 300;

/**
 * Reads the licences of a copyright file: the short names of a machine-readable one (copyright-format 1.0), else the GNU licences its
 * prose grants in the words of their authors, licence texts in it, and the texts in `/usr/share/common-licenses` that it refers to.
 * Other prose is not interpreted.
 */
export function parseCopyright(text: string): readonly CopyrightLicence[] {
  const isMachineReadable = /^\s*Format(?:-Specification)?:/i.test(text);
  return (isMachineReadable ? shortNames(text) : prose(text)).slice(0, maximumLicences);
}

function shortNames(text: string): readonly CopyrightLicence[] {
  const fields = parseControl(text).stanzas.map((stanza) => stanza.get('license') ?? '');
  const definitions = new Map(fields.flatMap((field) => definition(field)));
  const names = new Set(fields.map(nameOf).filter((name) => name !== ''));
  return [...names].map((name) => {
    const expression = shortNameExpression(name) === undefined ? shortNameExpression(name, definitions) : undefined;
    return { name, isReference: false, ...(expression === undefined ? {} : { spdxExpression: expression }) };
  });
}

function nameOf(field: string): string {
  return (field.split('\n')[0]?.trim() ?? '').slice(0, maximumNameLength);
}

/** A name of the file's own, by the text behind it. Standard names mean what the specification says. */
function definition(field: string): readonly (readonly [name: string, expression: string])[] {
  const name = nameOf(field);
  const text = field.slice(field.indexOf('\n') + 1);
  if (/\s/.test(name) || !field.includes('\n') || shortNameExpression(name) !== undefined) return [];
  const [grant, otherGrant] = gnuGrants(text);
  const granted = otherGrant === undefined ? grant?.spdxExpression : undefined;
  const [reference, otherReference] = [...new Set(references(text))];
  const referred = otherReference === undefined && reference !== undefined && grant === undefined ? commonLicence(reference) : undefined;
  const expression = soleLicenceText(text) ?? granted ?? referred;
  return expression === undefined ? [] : [[name.toLowerCase(), expression]];
}

function prose(text: string): readonly CopyrightLicence[] {
  const grants = gnuGrants(text);
  return [
    ...[...new Set(references(text))].filter((name) => !grants.some((grant) => isTextOf(name, grant))).map((name) => ({ name, isReference: true })),
    ...grants.map(({ spdxExpression }) => ({ name: spdxExpression, isReference: false, spdxExpression })),
    ...licenceTextsIn(text).map((spdxExpression) => ({ name: '', isReference: false, spdxExpression })),
  ];
}

/** Whether a common text, of any or of the same version, is that of a licence that is granted. */
function isTextOf(name: string, { family, version }: GnuGrant): boolean {
  return name === family || `${name}.0`.startsWith(`${family}-${version}`);
}

function references(text: string): readonly string[] {
  return [...text.matchAll(/\/usr\/share\/common-licenses\/([A-Za-z0-9][A-Za-z0-9.+-]*)/g)].map(([, name = '']) =>
    name.replace(/[.-]+$/, ''),
  );
}
