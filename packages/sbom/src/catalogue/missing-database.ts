import type { Component, Diagnostic, Distribution, Ecosystem } from '../catalogue.js';
import type { CatalogueView } from '../cataloguers/cataloguer.js';
import type { ExecutableFact } from '../cataloguers/executables/executable-scanner.js';

/** Distributions, and what is like them, whose software is packages. */
const packageFormats: ReadonlyMap<string, Ecosystem> = new Map([
  ['debian', 'deb'],
  ['ubuntu', 'deb'],
  ['alpine', 'apk'],
  ['wolfi', 'apk'],
  ['chainguard', 'apk'],
  ['rhel', 'rpm'],
  ['fedora', 'rpm'],
  ['centos', 'rpm'],
  ['amzn', 'rpm'],
  ['suse', 'rpm'],
  ['sles', 'rpm'],
  ['azurelinux', 'rpm'],
  ['mariner', 'rpm'],
  ['photon', 'rpm'],
  ['arch', 'alpm'],
]);

/** Where a distribution's own programs are; those of an application are elsewhere. */
const systemProgram = /^(?:usr\/)?s?bin\/[^/]+$/;

/**
 * Tells an image whose package database was deleted, which would otherwise look like one without packages: it says which
 * distribution it is, has that distribution's programs, and no package of any kind that it is made of.
 */
export function missingDatabase(
  distribution: Distribution | undefined,
  components: readonly Component[],
  executables: CatalogueView<ExecutableFact> | undefined,
): readonly Diagnostic[] {
  const format = distribution === undefined ? undefined : [distribution.id, ...distribution.idLike].map((id) => packageFormats.get(id)).find((known) => known !== undefined);
  if (format === undefined || components.some(({ ecosystem }) => ecosystem === format)) return [];
  if (executables?.files.some(({ path, fact }) => fact.kind === 'program' && systemProgram.test(path)) !== true) return [];
  return [
    {
      code: 'package-database-missing',
      severity: 'incomplete',
      message: `The image has programs of ${distribution?.prettyName ?? distribution?.id ?? 'a distribution'} and no database that says which packages they are of.`,
    },
  ];
}
