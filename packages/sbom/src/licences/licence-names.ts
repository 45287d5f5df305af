import { spdxExpression } from './spdx-expression.js';

/** Names people write in metadata that mean exactly one licence; lower case, without `the`, `license` and punctuation. */
const names: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'apache 2': 'Apache-2.0',
    'apache 2.0': 'Apache-2.0',
    'apache version 2.0': 'Apache-2.0',
    'apache v2': 'Apache-2.0',
    'apache v2.0': 'Apache-2.0',
    'apache software 2.0': 'Apache-2.0',
    'apache software version 2.0': 'Apache-2.0',
    mit: 'MIT',
    expat: 'MIT',
    isc: 'ISC',
    unlicense: 'Unlicense',
    '2 clause bsd': 'BSD-2-Clause',
    'bsd 2 clause': 'BSD-2-Clause',
    'simplified bsd': 'BSD-2-Clause',
    '3 clause bsd': 'BSD-3-Clause',
    'bsd 3 clause': 'BSD-3-Clause',
    'new bsd': 'BSD-3-Clause',
    'modified bsd': 'BSD-3-Clause',
    'mpl 2.0': 'MPL-2.0',
    'mozilla public 2.0': 'MPL-2.0',
    'mozilla public version 2.0': 'MPL-2.0',
    'gplv2+': 'GPL-2.0-or-later',
    'gplv3+': 'GPL-3.0-or-later',
    'lgplv2+': 'LGPL-2.0-or-later',
    'lgplv2.1+': 'LGPL-2.1-or-later',
    'lgplv3+': 'LGPL-3.0-or-later',
    'agplv3+': 'AGPL-3.0-or-later',
  }),
);

/** The SPDX expression of a licence as metadata names it: an expression itself, or a name that leaves no choice. */
export function namedLicenceExpression(name: string): string | undefined {
  if (name.length > 200) return undefined;
  const expression = spdxExpression(name);
  if (expression !== undefined) return expression;
  const key = name
    .toLowerCase()
    .replaceAll(/[-,"'()]/g, ' ')
    .replaceAll(/\b(?:the|licen[cs]e)\b/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return names.get(key);
}
