import { readFileSync } from 'node:fs';

/** A component as any scanner names it in its CycloneDX document. */
export interface NamedComponent {
  /** Type, name and version of the package URL as {@link packageKey} makes them equal; of one without, what it calls itself. */
  readonly key: string;
  /** Package type, or `none`. */
  readonly ecosystem: string;
  readonly packageUrl: string | undefined;
  readonly name: string;
  readonly version: string;
  /** Where it was found, by the scanner's own words; relative to the root, without a leading slash. */
  readonly paths: readonly string[];
  /** Whether it is in the files of another package, where the scanner says so. */
  readonly isOwned: boolean;
  /** What found it, by the scanner's own words. */
  readonly foundBy: string;
}

interface Property {
  readonly name: string;
  readonly value?: string;
}

interface DocumentComponent {
  readonly type: string;
  readonly group?: string;
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly properties?: readonly Property[];
  readonly evidence?: { readonly occurrences?: readonly { readonly location: string }[] };
}

/** Properties in which scanners say where they found a component, and by what. */
const pathProperty = /^(?:syft:location:\d+:path|aquasecurity:trivy:FilePath|esscm:location:\d+:path)$/;
const finderProperty = /^(?:syft:package:foundBy|aquasecurity:trivy:PkgType|esscm:cataloguer)$/;

/** The packages of a CycloneDX document; files and the system itself are none. */
export function readComponents(file: string): readonly NamedComponent[] {
  const { components }: { readonly components?: readonly DocumentComponent[] } = JSON.parse(readFileSync(file, 'utf8'));
  return (components ?? [])
    .filter(({ type }) => type !== 'file' && type !== 'operating-system')
    .map(({ group, name, version = '', purl, properties = [], evidence }) => {
      const fullName = group === undefined || group === '' ? name : `${group}/${name}`;
      const places = [...properties.filter((property) => pathProperty.test(property.name)).map(({ value = '' }) => value), ...(evidence?.occurrences ?? []).map(({ location }) => location)];
      return {
        key: purl === undefined ? `none/${fullName}@${version}` : packageKey(purl),
        ecosystem: purl === undefined ? 'none' : (packageKey(purl).split('/', 1)[0] ?? 'none'),
        packageUrl: purl,
        name: fullName,
        version,
        paths: [...new Set(places.map((path) => path.replace(/^\//, '')))],
        isOwned: properties.some((property) => property.name === 'esscm:ownedBy'),
        foundBy: properties.find((property) => finderProperty.test(property.name))?.value ?? '',
      };
    });
}

/** Archives of which our own document says that nothing in them tells their name and version for certain; relative to the root. */
export function readUnidentified(file: string): ReadonlySet<string> {
  const { metadata }: { readonly metadata?: { readonly properties?: readonly Property[] } } = JSON.parse(readFileSync(file, 'utf8'));
  const diagnostics = (metadata?.properties ?? []).filter(({ name }) => name === 'esscm:diagnostic').map(({ value = '{}' }): { readonly code?: string; readonly path?: string } => JSON.parse(value));
  return new Set(diagnostics.filter(({ code }) => code === 'java-archive-unidentified').map(({ path = '' }) => path.replace(/^\//, '')));
}

/** Types that scanners make up. */
const otherTypes: Readonly<Record<string, string>> = { rustbinary: 'cargo' };

const systemTypes: ReadonlySet<string> = new Set(['deb', 'apk', 'rpm']);

/**
 * A package URL without what scanners write each in their own way: qualifiers, the namespace of system packages, an epoch
 * (a qualifier or a part of the version), the form of Python names, and the `v` before versions of Go.
 */
function packageKey(packageUrl: string): string {
  const [, written = '', path = '', versionText = ''] = /^pkg:([^/]+)\/([^@?#]+|%40[^@?#]+)(?:@([^?#]*))?/.exec(packageUrl) ?? [];
  const type = otherTypes[written] ?? written;
  const name = decoded(path).toLowerCase();
  const version = decoded(versionText);
  if (systemTypes.has(type)) return `${type}/${name.split('/').at(-1) ?? ''}@${version.replace(/^\d+:/, '')}`;
  if (type === 'pypi') return `${type}/${name.replaceAll(/[-_.]+/g, '-')}@${version}`;
  return `${type}/${name}@${type === 'golang' ? version.replace(/^v/, '') : version}`;
}

/** Other scanners write names of templates as they are, with a lone `%`. */
function decoded(text: string): string {
  return text.replaceAll(/(?:%[0-9A-Fa-f]{2})+/g, (escaped) => Buffer.from(escaped.replaceAll('%', ''), 'hex').toString());
}
