import type { Licence } from '../../catalogue.js';
import { licence } from '../../licences/licence.js';
import { namedLicenceExpression } from '../../licences/licence-names.js';
import type { PythonMetadata } from './parse-metadata.js';

/** Classifiers (pypi.org/classifiers) that name one licence and version; last part, lower case. */
const classifiers: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'mit license': 'MIT',
    'mit no attribution license (mit-0)': 'MIT-0',
    'isc license (iscl)': 'ISC',
    'the unlicense (unlicense)': 'Unlicense',
    'zlib/libpng license': 'Zlib',
    'boost software license 1.0 (bsl-1.0)': 'BSL-1.0',
    'blue oak model license (blueoak-1.0.0)': 'BlueOak-1.0.0',
    'cc0 1.0 universal (cc0 1.0) public domain dedication': 'CC0-1.0',
    'mozilla public license 1.0 (mpl)': 'MPL-1.0',
    'mozilla public license 1.1 (mpl 1.1)': 'MPL-1.1',
    'mozilla public license 2.0 (mpl 2.0)': 'MPL-2.0',
    'eclipse public license 1.0 (epl-1.0)': 'EPL-1.0',
    'eclipse public license 2.0 (epl-2.0)': 'EPL-2.0',
    'european union public licence 1.0 (eupl 1.0)': 'EUPL-1.0',
    'european union public licence 1.1 (eupl 1.1)': 'EUPL-1.1',
    'european union public licence 1.2 (eupl 1.2)': 'EUPL-1.2',
    'gnu general public license v2 (gplv2)': 'GPL-2.0-only',
    'gnu general public license v2 or later (gplv2+)': 'GPL-2.0-or-later',
    'gnu general public license v3 (gplv3)': 'GPL-3.0-only',
    'gnu general public license v3 or later (gplv3+)': 'GPL-3.0-or-later',
    'gnu lesser general public license v2 (lgplv2)': 'LGPL-2.0-only',
    'gnu lesser general public license v2 or later (lgplv2+)': 'LGPL-2.0-or-later',
    'gnu lesser general public license v3 (lgplv3)': 'LGPL-3.0-only',
    'gnu lesser general public license v3 or later (lgplv3+)': 'LGPL-3.0-or-later',
    'gnu affero general public license v3': 'AGPL-3.0-only',
    'gnu affero general public license v3 or later (agplv3+)': 'AGPL-3.0-or-later',
    'historical permission notice and disclaimer (hpnd)': 'HPND',
    'sil open font license 1.1 (ofl-1.1)': 'OFL-1.1',
    'postgresql license': 'PostgreSQL',
    'universal permissive license (upl)': 'UPL-1.0',
    'university of illinois/ncsa open source license': 'NCSA',
    'mulan permissive software license v2 (mulanpsl-2.0)': 'MulanPSL-2.0',
  }),
);

/**
 * Licences of a Python distribution, from the most exact statement it makes: License-Expression, a License that is one
 * licence, classifiers that are one, and only then what was declared and cannot be mapped.
 */
export function pythonLicences({ licenceExpression, licence: text, licenceClassifiers }: PythonMetadata): readonly Licence[] {
  if (licenceExpression !== undefined) return [licence(licenceExpression)];
  const expression = text === undefined ? undefined : namedLicenceExpression(text);
  if (text !== undefined && expression !== undefined) return [licence(text, expression)];
  const names = licenceClassifiers.map((classifier) => classifier.split('::').at(-1)?.trim() ?? '').filter((name) => name !== 'OSI Approved');
  const classified = names.map((name) => licence(name, classifiers.get(name.toLowerCase())));
  const isMapped = classified.length > 0 && classified.every(({ spdxExpression }) => spdxExpression !== undefined);
  if (isMapped || text === undefined) return classified;
  return [licence(text, undefined)];
}
