import type { StoredContent } from './memory-contents.js';
import type { MemoryStore } from './memory-store.js';

const digest = `sha256:${'ab'.repeat(32)}`;
const diffId = `sha256:${'cd'.repeat(32)}`;

/** A small content: one layer, two components. */
function storedContent(id: string): StoredContent {
  const location = { path: '/var/lib/dpkg/status', layerDiffId: diffId, layerIndex: 0 };
  return {
    record: {
      id,
      organizationId: 'org_1',
      digest,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      platform: 'linux/amd64',
      sizeBytes: 5_000_000_000,
      distributionName: 'Debian GNU/Linux 12 (bookworm)',
      componentCount: 2,
      partial: false,
      catalogueVersion: '1',
      cataloguedAt: new Date('2026-11-23T05:00:00Z'),
    },
    layers: [{ index: 0, digest, diffId, mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', sizeBytes: 5_000_000_000, componentCount: 2 }],
    components: ['bash', 'zlib1g'].map((name) => ({
      id: `pkg:deb/debian/${name}@1.0`,
      contentId: id,
      ecosystem: 'deb',
      name,
      version: '1.0',
      packageUrl: `pkg:deb/debian/${name}@1.0`,
      licences: [{ declared: 'GPL-3+', spdxExpression: 'GPL-3.0-or-later' }],
      locations: [location],
    })),
    catalogue: JSON.stringify({
      formatVersion: 1,
      image: { name: 'public.ecr.aws/nginx/nginx', tag: '1.27', digest, platform: { os: 'linux', architecture: 'amd64' }, labels: {}, layers: [] },
      components: [],
      relationships: [],
      diagnostics: [],
      cataloguers: [],
    }),
  };
}

/** Gives every image of the store a result, as the scanner would. */
export function finishScans(store: MemoryStore): void {
  const content = storedContent('cnt_1');
  store.contentRows.push(content);
  for (const image of store.imageRows) Object.assign(image, { contentId: content.record.id, contentScannedAt: content.record.cataloguedAt });
  for (const { id } of store.scanRows) store.changeScan(id, { state: 'succeeded', contentId: content.record.id, digest: content.record.digest, componentCount: 2 });
}
