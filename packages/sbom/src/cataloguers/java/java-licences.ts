import type { Licence } from '../../catalogue.js';
import { licence } from '../../licences/licence.js';
import { namedLicenceExpression } from '../../licences/licence-names.js';
import type { PomLicence } from './parse-pom.js';

/** Addresses of licence texts that poms and manifests name instead of the licence; without scheme, `www.` and extension. */
const addresses: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'apache.org/licenses/license-2.0': 'Apache-2.0',
    'apache.org/licenses/license-1.1': 'Apache-1.1',
    'opensource.org/licenses/apache-2.0': 'Apache-2.0',
    'opensource.org/licenses/mit': 'MIT',
    'opensource.org/licenses/mit-license': 'MIT',
    'opensource.org/licenses/bsd-2-clause': 'BSD-2-Clause',
    'opensource.org/licenses/bsd-3-clause': 'BSD-3-Clause',
    'opensource.org/licenses/cddl-1.0': 'CDDL-1.0',
    'opensource.org/licenses/epl-1.0': 'EPL-1.0',
    'opensource.org/licenses/isc': 'ISC',
    'eclipse.org/legal/epl-v10': 'EPL-1.0',
    'eclipse.org/org/documents/epl-v10': 'EPL-1.0',
    'eclipse.org/legal/epl-2.0': 'EPL-2.0',
    'eclipse.org/legal/epl-v20': 'EPL-2.0',
    'eclipse.org/org/documents/edl-v10': 'BSD-3-Clause',
    'mozilla.org/mpl/2.0': 'MPL-2.0',
    'mozilla.org/en-us/mpl/2.0': 'MPL-2.0',
    'creativecommons.org/publicdomain/zero/1.0': 'CC0-1.0',
    'unlicense.org': 'Unlicense',
  }),
);

/** The licences of a pom: several stand side by side, as Maven does not say whether they are a choice. */
export function pomLicences(declared: readonly PomLicence[]): readonly Licence[] {
  return declared.flatMap(({ name, url }) => {
    const text = name ?? url;
    return text === undefined ? [] : [licence(text, namedLicenceExpression(text) ?? addressExpression(url ?? text))];
  });
}

/** The licences of a manifest's Bundle-License (OSGi Core, 3.2.1.12): names or addresses, each with parameters. */
export function bundleLicences(value: string): readonly Licence[] {
  const whole = namedLicenceExpression(value);
  if (whole !== undefined) return [licence(value, whole)];
  // Names have commas of their own, addresses do not.
  const clauses = /^"?\s*https?:/i.test(value) ? value.split(/,\s*(?="?https?:)/i) : [value];
  return clauses.slice(0, 20).flatMap((clause) => {
    const name = (clause.split(';', 1)[0] ?? '').replaceAll('"', '').trim();
    return name === '' || name === '<<EXTERNAL>>' ? [] : [licence(name, namedLicenceExpression(name) ?? addressExpression(name))];
  });
}

function addressExpression(text: string): string | undefined {
  if (text.length > 300) return undefined;
  const key = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/\/+$/, '')
    .replace(/\.(?:txt|html?|php)$/, '');
  return addresses.get(key);
}
