import type { Component, Licence } from '../catalogue.js';
import type { CatalogueView } from '../cataloguers/cataloguer.js';
import { absolutePath, parentPath } from '../layers/layer-path.js';
import type { ClassifiedLicence } from '../licences/classify-licence-text.js';

/** Folders, from the file that shows a package, in which the package's own licence texts are. */
const textFolders: Readonly<Partial<Record<Component['ecosystem'], readonly string[]>>> = {
  npm: ['', 'licenses'],
  pypi: ['', 'licenses', 'license_files'],
  otp: ['..', ''],
  cran: [''],
};

/**
 * Adds the licence a text beside a package is, for packages that declare none that can be said as an SPDX expression. What
 * was declared stays.
 */
export function concludeLicences(components: readonly Component[], view: CatalogueView<ClassifiedLicence>): readonly Component[] {
  const byFolder = Map.groupBy(view.files, ({ path }) => parentPath(path));
  if (byFolder.size === 0) return components;
  return components.map((component) => {
    const folders = textFolders[component.ecosystem];
    if (folders === undefined || component.licences.some(({ spdxExpression }) => spdxExpression !== undefined)) return component;
    const folder = parentPath(component.locations[0]?.path.slice(1) ?? '');
    const texts = folders.flatMap((below) => byFolder.get(below === '..' ? parentPath(folder) : below === '' ? folder : `${folder}/${below}`) ?? []);
    const concluded = new Map(
      texts.map(({ path, fact: { spdxExpression, confidence } }): [string, Licence] => [
        spdxExpression,
        { declared: absolutePath(path), spdxExpression, acknowledgement: 'concluded', confidence },
      ]),
    );
    return concluded.size === 0 ? component : { ...component, licences: [...component.licences, ...concluded.values()] };
  });
}
