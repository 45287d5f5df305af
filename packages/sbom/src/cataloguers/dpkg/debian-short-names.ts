import { spdxExpression } from '../../licences/spdx-expression.js';

/** Short names of copyright-format 1.0, section 7.1, that SPDX spells otherwise; keys in lower case. */
const shortNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    expat: 'MIT',
    'apache-1': 'Apache-1.0',
    'apache-2': 'Apache-2.0',
    'mpl-1': 'MPL-1.0',
    'mpl-2': 'MPL-2.0',
    'boost-1.0': 'BSL-1.0',
    cc0: 'CC0-1.0',
    'artistic-2': 'Artistic-2.0',
    'openldap-2.8': 'OLDAP-2.8',
    'cddl-1': 'CDDL-1.0',
    'cpl-1': 'CPL-1.0',
    'agpl-3': 'AGPL-3.0-only',
    'agpl-3+': 'AGPL-3.0-or-later',
    ...gnuNames('gpl', ['1', '2', '3']),
    ...gnuNames('lgpl', ['2', '2.1', '3']),
    ...gnuNames('gfdl', ['1.1', '1.2', '1.3']),
    ...gnuNames('gfdl-niv', ['1.1', '1.2', '1.3'], 'GFDL', '-no-invariants'),
  }),
);

/** Texts of `/usr/share/common-licenses` that are one licence whatever the prose around the reference says. */
const unambiguousTexts: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'Apache-2.0': 'Apache-2.0',
    // The copyright file of base-files, which brings the texts, says that this is the one of Perl.
    Artistic: 'Artistic-1.0-Perl',
    'CC0-1.0': 'CC0-1.0',
    'MPL-1.1': 'MPL-1.1',
    'MPL-2.0': 'MPL-2.0',
  }),
);

/** Exceptions of the form `with … exception` that are one SPDX exception whatever licence they are added to. */
const exceptions: ReadonlyMap<string, string> = new Map(
  Object.entries({
    classpath: 'Classpath-exception-2.0',
    font: 'Font-exception-2.0',
    libtool: 'Libtool-exception',
    llvm: 'LLVM-exception',
    'bison-2.2': 'Bison-exception-2.2',
    'linux-syscall-note': 'Linux-syscall-note',
    texinfo: 'Texinfo-exception',
  }),
);

/** The SPDX expression of a text of `/usr/share/common-licenses` that is one licence whatever the prose around the reference says. */
export function commonLicence(name: string): string | undefined {
  return unambiguousTexts.get(name);
}

const noDefinitions: ReadonlyMap<string, string> = new Map();

/**
 * The SPDX expression of a short name, or of several: `or` binds weaker than `and`; a comma before either makes it bind weakest (copyright-format 1.0, 7.2).
 * @param definitions SPDX expressions of names that the file itself defines, in lower case
 */
export function shortNameExpression(text: string, definitions = noDefinitions): string | undefined {
  const expression =
    combine(text, /,\s+and\s+/i, ' AND ', true, definitions) ??
    combine(text, /,\s+or\s+/i, ' OR ', true, definitions) ??
    combine(text, /\s+or\s+/i, ' OR ', false, definitions) ??
    combine(text, /\s+and\s+/i, ' AND ', false, definitions) ??
    singleName(text, definitions);
  return expression === undefined ? undefined : spdxExpression(expression);
}

/** @returns `undefined` when the separator does not occur, an empty expression when a part is unknown. */
function combine(text: string, separator: RegExp, operator: string, needsBrackets: boolean, definitions: ReadonlyMap<string, string>): string | undefined {
  const parts = text.split(separator);
  if (parts.length < 2) return undefined;
  const expressions = parts.map((part) => shortNameExpression(part, definitions));
  if (expressions.includes(undefined)) return '';
  return expressions.map((part) => (needsBrackets && part?.includes(' ') === true ? `(${part})` : part)).join(operator);
}

function singleName(text: string, definitions: ReadonlyMap<string, string>): string | undefined {
  const [, name = '', exception] = /^(\S+)(?:\s+with\s+(\S+)\s+exception)?$/i.exec(text.trim()) ?? [];
  const base = shortNames.get(name.toLowerCase()) ?? spdxExpression(name) ?? definitions.get(name.toLowerCase());
  if (base === undefined || exception === undefined) return base;
  const known = exceptions.get(exception.toLowerCase());
  return known === undefined ? undefined : `${base} WITH ${known}`;
}

function gnuNames(family: string, versions: readonly string[], spdxFamily = family.toUpperCase(), infix = ''): Readonly<Record<string, string>> {
  return Object.fromEntries(
    versions.flatMap((version) => {
      const full = version.includes('.') ? version : `${version}.0`;
      const base = `${spdxFamily}-${full}${infix}`;
      return [version, full].flatMap((written) => [
        [`${family}-${written}`, `${base}-only`],
        [`${family}-${written}+`, `${base}-or-later`],
      ]);
    }),
  );
}
