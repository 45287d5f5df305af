import { parseControl } from './parse-control.js';

/** A licence named in a Debian copyright file. */
export interface CopyrightLicence {
  readonly name: string;
  /**
   * True for a name taken from a reference to `/usr/share/common-licenses`: the text applies, but whether a version
   * "or any later" is meant stands only in prose.
   */
  readonly isReference: boolean;
}

const maximumLicences = 100;
const maximumNameLength = 300;

/**
 * Reads the licences of a copyright file: the short names of a machine-readable one (copyright-format 1.0), else the texts
 * in `/usr/share/common-licenses` that it refers to. Prose is not interpreted.
 */
export function parseCopyright(text: string): readonly CopyrightLicence[] {
  const isMachineReadable = /^\s*Format(?:-Specification)?:/i.test(text);
  const names = isMachineReadable ? shortNames(text) : references(text);
  return [...new Set(names)].slice(0, maximumLicences).map((name) => ({ name, isReference: !isMachineReadable }));
}

function shortNames(text: string): readonly string[] {
  return parseControl(text).stanzas.flatMap((stanza) => {
    const name = stanza.get('license')?.split('\n')[0]?.trim() ?? '';
    return name === '' ? [] : [name.slice(0, maximumNameLength)];
  });
}

function references(text: string): readonly string[] {
  return [...text.matchAll(/\/usr\/share\/common-licenses\/([A-Za-z0-9][A-Za-z0-9.+-]*)/g)].map(([, name = '']) =>
    name.replace(/[.-]+$/, ''),
  );
}
