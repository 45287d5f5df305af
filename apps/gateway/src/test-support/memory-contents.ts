import type { ComponentRecord, ContentLayerRecord, ContentRecord, Store, TrackedImageRecord } from '@esscm/store';
import { cut } from './cut.js';

/** A content with everything the store keeps beside it. */
export interface StoredContent {
  readonly record: ContentRecord;
  readonly layers: readonly ContentLayerRecord[];
  readonly components: readonly ComponentRecord[];
  readonly catalogue: string;
}

/** The part of the memory store that holds what scans have read; `rows` are the contents of every organisation, and stay the caller's. */
export function memoryContents(rows: readonly StoredContent[]): Store['contents'] {
  const content = (organizationId: string, id: string) => contentOf(rows, organizationId, id);
  return {
    find: async (organizationId, id) => content(organizationId, id)?.record,
    findMany: async (organizationId, ids) => ids.flatMap((id) => content(organizationId, id)?.record ?? []),
    findByDigest: async () => undefined,
    layers: async (organizationId, id) => content(organizationId, id)?.layers ?? [],
    components: async (organizationId, id, { search = '' }, page) =>
      cut((content(organizationId, id)?.components ?? []).filter(({ name }) => name.includes(search)), page),
    findingsByLayer: async () => [],
    findingsByComponent: async () => [],
    countComponents: async (organizationId, id, { search = '' }) =>
      (content(organizationId, id)?.components ?? []).filter(({ name }) => name.includes(search)).length,
    countByEcosystem: async (organizationId, id) => {
      const groups = Map.groupBy(content(organizationId, id)?.components ?? [], ({ ecosystem }) => ecosystem);
      return [...groups].map(([ecosystem, components]) => ({ ecosystem, count: components.length }));
    },
    findComponents: async (organizationId, id, ids) => (content(organizationId, id)?.components ?? []).filter((component) => ids.includes(component.id)),
    countByLicence: async (organizationId, id) => {
      const groups = Map.groupBy(content(organizationId, id)?.components ?? [], ({ licences }) => licences[0]?.spdxExpression);
      return [...groups].map(([licence, rows]) => ({ ...(licence !== undefined && { licence }), count: rows.length, examples: rows.map(({ name }) => name).slice(0, 5) }));
    },
    readCatalogue: async (organizationId, id) => content(organizationId, id)?.catalogue,
  };
}

/** The part that finds packages over all images; the rows stay the caller's. */
export function memoryPackages(rows: readonly StoredContent[], images: readonly TrackedImageRecord[]): Store['packages'] {
  const copiesIn = (organizationId: string) =>
    images.flatMap((image) => (contentOf(rows, organizationId, image.contentId ?? '')?.components ?? []).map((component) => ({ image, component })));
  return {
    search: async (organizationId, { name = '', packageKey = '', ecosystem, limit }) => {
      const copies = copiesIn(organizationId).filter(
        ({ component }) => component.name.includes(name) && packageKeyOf(component.packageUrl).startsWith(packageKey) && (ecosystem === undefined || component.ecosystem === ecosystem),
      );
      return [...Map.groupBy(copies, ({ component }) => `${packageKeyOf(component.packageUrl)}@${component.version}`).values()].slice(0, limit).flatMap((rows) => {
        const [first] = rows;
        if (first === undefined) return [];
        const { name: found, version, ecosystem: type, packageUrl } = first.component;
        return [{ packageKey: packageKeyOf(packageUrl), ecosystem: type, name: found, version }];
      });
    },
    spreads: async (organizationId, versions) =>
      versions.map(({ packageKey, version }) => {
        const copies = copiesIn(organizationId).filter(({ component }) => packageKeyOf(component.packageUrl) === packageKey && component.version === version);
        return { packageKey, ecosystem: copies[0]?.component.ecosystem ?? '', version, imageCount: new Set(copies.map(({ image }) => image.id)).size, projectCount: 1, judgedImageCount: 0 };
      }),
    findingCounts: async () => [],
    countImages: async (organizationId, versions) => {
      const wanted = new Set(versions.map(({ packageKey, version }) => `${packageKey}@${version}`));
      const copies = copiesIn(organizationId).filter(({ component }) => wanted.has(`${packageKeyOf(component.packageUrl)}@${component.version}`));
      const images = [...new Map(copies.map(({ image }) => [image.id, image])).values()];
      return [...Map.groupBy(images, ({ connectionId }) => connectionId)].map(([connectionId, rows]) => ({ connectionId, count: rows.length }));
    },
    places: async (organizationId, { packageKey, version }, page) => {
      const copies = copiesIn(organizationId).filter(({ component }) => packageKeyOf(component.packageUrl) === packageKey && component.version === version);
      return cut(copies.map(({ image, component }) => ({ image, componentId: component.id, locations: component.locations })), page);
    },
  };
}

function contentOf(rows: readonly StoredContent[], organizationId: string, id: string): StoredContent | undefined {
  return rows.find(({ record }) => record.organizationId === organizationId && record.id === id);
}

function packageKeyOf(packageUrl: string): string {
  return packageUrl.split(/[?#]/)[0]?.split('@')[0] ?? packageUrl;
}
