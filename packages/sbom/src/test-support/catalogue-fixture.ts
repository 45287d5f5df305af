import type { Catalogue } from '../catalogue.js';
import { catalogueImage, type CatalogueImageInput } from '../catalogue/catalogue-image.js';
import type { ImageDescription } from '../catalogue/describe-image.js';
import { layerOf, tarArchive, type TarFixtureEntry } from './tar-fixture.js';

export const debianRelease = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n';
export const alpineRelease = 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.20.1\n';

export const exampleImage: ImageDescription = {
  name: 'registry.example.org/team/app',
  tag: '1.2',
  digest: `sha256:${'ab'.repeat(32)}`,
  platform: { os: 'linux', architecture: 'amd64' },
  created: '2026-01-31T12:00:00.123Z',
  labels: {},
};

/** Files of a layer by path; a text that begins with `->` is a symbolic link; the rest as entries. */
export type LayerFiles = Readonly<Record<string, string>> | readonly TarFixtureEntry[];

/** Catalogues an image of these layers, base first. */
export function catalogueOf(layers: readonly LayerFiles[], rest: Partial<CatalogueImageInput> = {}): Promise<Catalogue> {
  return catalogueImage({
    image: exampleImage,
    layers: layers.map((files) => layerOf(tarArchive(isEntries(files) ? files : Object.entries(files).map(fileEntry)))),
    signal: new AbortController().signal,
    ...rest,
  });
}

function isEntries(files: LayerFiles): files is readonly TarFixtureEntry[] {
  return Array.isArray(files);
}

function fileEntry([name, content]: readonly [string, string]): TarFixtureEntry {
  return content.startsWith('->') ? { name, type: '2', link: content.slice(2) } : { name, content };
}

/** Edges as `from -> to` or `from owns to`, by name. */
export function edgesOf({ components, relationships }: Catalogue): readonly string[] {
  const names = new Map(components.map(({ id, name }) => [id, name]));
  return relationships.map(({ from, to, kind }) => `${names.get(from)} ${kind === 'owns' ? 'owns' : '->'} ${names.get(to)}`);
}
