import type { Distribution, Location } from '../../catalogue.js';
import { packageUrl } from '../../package-url.js';
import type { ComponentDraft } from '../cataloguer.js';
import { distroQualifier } from '../distribution-qualifiers.js';
import { rpmLicence } from './rpm-licence.js';
import type { RpmPackage } from './rpm-package.js';

/**
 * A package of an rpm database as a component. Its version is `[epoch:]version-release`; in the package URL the epoch is a
 * qualifier, as that type has it, and so are the file name of the source package and the label of the module.
 */
export function makeRpmComponent(found: RpmPackage, distribution: Distribution | undefined, location: Location): ComponentDraft {
  const { name, epoch, architecture, sourceRpm, summary, homepage, vendor, modularityLabel, licence } = found;
  const versionRelease = `${found.version}-${found.release}`;
  const source = sourcePackage(sourceRpm, epoch);
  return {
    ecosystem: 'rpm',
    name,
    version: withEpoch(epoch, versionRelease),
    packageUrl: packageUrl({
      type: 'rpm',
      namespace: distribution === undefined ? undefined : packageUrlNamespace(distribution.id),
      name,
      version: versionRelease,
      qualifiers: {
        arch: architecture,
        epoch: epoch?.toString(),
        distro: distroQualifier(distribution),
        rpmmod: modularityLabel,
        upstream: sourceRpm,
      },
    }),
    ...(source === undefined ? {} : { source }),
    ...(architecture === undefined ? {} : { architecture }),
    licences: licence === undefined ? [] : [rpmLicence(licence)],
    ...(summary === undefined ? {} : { description: summary }),
    ...(homepage === undefined ? {} : { homepage }),
    ...(vendor === undefined ? {} : { supplier: vendor }),
    locations: [location],
  };
}

/** What tells packages of one database apart; several versions of a package, such as a kernel, may be installed. */
export function packageKey({ name, epoch, version, release, architecture }: RpmPackage): string {
  return `${name}.${architecture ?? ''}@${epoch ?? ''}:${version}-${release}`;
}

/** The vendor's name where scanners and advisories write that instead of the distribution's id. */
function packageUrlNamespace(id: string): string {
  if (id === 'rhel') return 'redhat';
  return id.startsWith('opensuse') ? 'opensuse' : id;
}

/** `name-version-release.src.rpm`. The file name has no epoch; a source package and what is built from it have the same. */
function sourcePackage(sourceRpm: string | undefined, epoch: number | undefined): ComponentDraft['source'] {
  const [, name, version] = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/.exec(sourceRpm ?? '') ?? [];
  return name === undefined || version === undefined ? undefined : { name, version: withEpoch(epoch, version) };
}

function withEpoch(epoch: number | undefined, version: string): string {
  return epoch === undefined ? version : `${epoch}:${version}`;
}
