import type { MatchComponent } from '@esscm/vulnerabilities';
import type { OsvRecord } from '@esscm/vulnerabilities/quality';

/** Package types of ecosystems that more than one matcher reads. */
const types: Readonly<Record<string, string>> = {
  npm: 'npm', PyPI: 'pypi', Maven: 'maven', Go: 'golang', 'crates.io': 'cargo', NuGet: 'nuget', RubyGems: 'gem', Packagist: 'composer', Hex: 'hex', Pub: 'pub', SwiftURL: 'swift',
};
const mostVersions = 4;

/** Every language package the records name, in versions at and around their bounds, as components of one made-up image. */
export function boundComponents(records: Iterable<OsvRecord>): MatchComponent[] {
  const packages = new Map<string, Set<string>>();
  for (const { affected, withdrawn } of records) {
    for (const { package: named, ranges, versions } of withdrawn == null ? (affected ?? []) : []) {
      const type = named == null ? undefined : types[named.ecosystem];
      if (named == null || type === undefined) continue;
      const identifier = `${type} ${named.name}`;
      const found = packages.get(identifier) ?? new Set();
      packages.set(identifier, found);
      const bounds = (ranges ?? []).flatMap((range) => (range.type === 'GIT' ? [] : range.events)).flatMap((event) => event.introduced ?? event.fixed ?? event.last_affected ?? []);
      for (const version of [...bounds, ...(versions ?? []).slice(-2)]) if (found.size < mostVersions && /^v?\d[\w.+-]*$/.test(version) && version !== '0') found.add(version);
    }
  }
  return [...packages].flatMap(([identifier, versions]) => [...versions].map((version) => component(identifier, version)));
}

function component(identifier: string, version: string): MatchComponent {
  const [ecosystem = '', written = ''] = identifier.split(' ');
  const segments = (ecosystem === 'maven' ? written.replace(':', '/') : ecosystem === 'swift' ? written.replace(/^https?:\/\/|\.git$/g, '') : written).split('/');
  const name = segments.at(-1) ?? '';
  const full = ecosystem === 'golang' && !/^v|^(?:stdlib|toolchain)$/.test(version) && written !== 'stdlib' && written !== 'toolchain' ? `v${version}` : version;
  const packageUrl = `pkg:${ecosystem}/${segments.map(encodeURIComponent).join('/')}@${encodeURIComponent(full)}`;
  return { id: packageUrl, ecosystem, name: ecosystem === 'golang' || ecosystem === 'npm' || ecosystem === 'composer' || ecosystem === 'swift' ? written : name, version: full, packageUrl, locations: [] };
}

/**
 * The components as a document other tools read (CycloneDX 1.5). Java packages are named `group:artifact`: osv-scanner takes the
 * name alone, and would find nothing by the artifact.
 */
export function asDocument(components: readonly MatchComponent[]): string {
  return JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    components: components.map((component) => ({ type: 'library', 'bom-ref': component.packageUrl, name: nameInAdvisories(component), version: component.version, purl: component.packageUrl })),
  });
}

/** `group:artifact` for Java packages; others have it as their name. */
export function nameInAdvisories({ ecosystem, packageUrl, name }: MatchComponent): string {
  const [, path = ''] = /^pkg:[^/]+\/([^?#]+)@/.exec(packageUrl) ?? [];
  return ecosystem === 'maven' ? decodeURIComponent(path).replace('/', ':') : name;
}
