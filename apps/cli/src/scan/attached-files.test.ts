import { createDialPolicy, RegistryClient } from '@esscm/oci-client';
import { buildArtifact, ImageBuilder, sha256, TestRegistry } from '@esscm/testkit';
import type { BuiltContent } from '@esscm/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attachedFiles } from './attached-files.js';
import type { AttachedFile, AttachedFilesLimits } from './attached-files.js';
import { vexAmong } from './read-vex-documents.js';

const { signal } = new AbortController();
const image = new ImageBuilder().layer({ a: 'x' }).build();
const { digest } = image.descriptor;
const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const limits: AttachedFilesLimits = { artifacts: 10, files: 10, fileBytes: 100, totalBytes: 1_000 };

let registry: TestRegistry;
let client: RegistryClient;

beforeEach(async () => {
  registry = await TestRegistry.start();
  registry.add('team/app', image);
  client = new RegistryClient({ host: registry.host, plainHttp: true, dialer: createDialPolicy({ allowLoopback: true }) });
});

afterEach(async () => {
  await client[Symbol.asyncDispose]();
  await registry[Symbol.asyncDispose]();
});

/** An artefact with several files, as JSON. */
function artifact(...texts: readonly string[]): BuiltContent {
  const blobs = texts.map((text) => Buffer.from(text));
  const config = Buffer.from('{}');
  const layers = blobs.map((bytes) => ({ mediaType: 'application/json', digest: sha256(bytes), size: bytes.length }));
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: manifestType, config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: sha256(config), size: config.length }, layers }));
  const descriptor = { mediaType: manifestType, digest: sha256(bytes), size: bytes.length };
  return { descriptor, manifests: new Map([[descriptor.digest, { mediaType: manifestType, bytes }]]), blobs: new Map([config, ...blobs].map((blob) => [sha256(blob), blob])) };
}

async function read(more: Partial<AttachedFilesLimits> = {}): Promise<{ texts: string[]; remarks: string[] }> {
  const remarks: string[] = [];
  const files: AttachedFile[] = await Array.fromAsync(attachedFiles(client, 'team/app', [digest], { signal, onRemark: (remark) => remarks.push(remark), limits: { ...limits, ...more } }));
  return { texts: files.map(({ text }) => text), remarks };
}

test('documents are read, with where they are; other files are passed over', async () => {
  const attached = buildArtifact({ payload: '{"a":1}', payloadMediaType: 'application/vnd.openvex+json' });
  registry.attach('team/app', image.descriptor, attached);
  registry.attach('team/app', image.descriptor, buildArtifact({ payload: 'PK', payloadMediaType: 'application/zip' }));
  const files = await Array.fromAsync(attachedFiles(client, 'team/app', [digest], { signal, onRemark: (remark) => expect.unreachable(remark) }));
  expect(files).toEqual([{ text: '{"a":1}', location: `${client.host}/team/app@${attached.descriptor.digest}`, attachedTo: digest }]);
});

describe('what is beyond a limit is left out, and said', () => {
  test.each<[string, Partial<AttachedFilesLimits>, string[], string]>([
    ['too many files', { files: 2 }, ['"one"', '"two"'], '2 attached files were left out: at most 2 are read, of 100 bytes each and 1000 bytes together.'],
    ['too large a file', { fileBytes: 6 }, ['"one"', '"two"', '"four"'], '1 attached file was left out: at most 10 are read, of 6 bytes each and 1000 bytes together.'],
    ['too many bytes together', { totalBytes: 11 }, ['"one"', '"two"'], '2 attached files were left out: at most 10 are read, of 100 bytes each and 11 bytes together.'],
    ['too many artefacts', { artifacts: 1 }, ['"one"', '"two"', '"three"'], `2 artefacts are attached to ${digest}; only the first 1 are read.`],
  ])('%s', async (_, more, texts, remark) => {
    registry.attach('team/app', image.descriptor, artifact('"one"', '"two"', '"three"'));
    registry.attach('team/app', image.descriptor, artifact('"four"'));
    expect(await read(more)).toEqual({ texts, remarks: [remark] });
  });
});

test('a file is fetched when it is asked for', async () => {
  registry.attach('team/app', image.descriptor, artifact('"one"', '"two"'));
  const files = attachedFiles(client, 'team/app', [digest], { signal, onRemark: (remark) => expect.unreachable(remark) });
  await files.next();
  expect(registry.requests.filter(({ path }) => path.includes('/blobs/'))).toHaveLength(1);
  await files.return(undefined);
});

test('an artefact and a file that are not there are remarks, and the others are read', async () => {
  const [gone, hollow, good] = [artifact('"gone"'), artifact('"hollow"'), artifact('"good"')];
  registry.attach('team/app', image.descriptor, { ...gone, manifests: new Map() });
  registry.attach('team/app', image.descriptor, { ...hollow, blobs: new Map() });
  registry.attach('team/app', image.descriptor, good);
  const { texts, remarks } = await read();
  expect(texts).toEqual(['"good"']);
  expect(remarks).toEqual([gone, hollow].map(({ descriptor }) => expect.stringContaining(`${client.host}/team/app@${descriptor.digest}: left out: `)));
});

test('of what is attached only VEX documents with statements are kept', async () => {
  const vex = (statements: readonly object[]): string => JSON.stringify({ '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'https://example.org/1', author: 'A', timestamp: '2026-01-01T00:00:00Z', version: 1, statements });
  registry.attach('team/app', image.descriptor, artifact('{"bomFormat":1}', 'no JSON', vex([]), vex([{ vulnerability: { name: 'CVE-2026-1' }, products: [{ '@id': 'pkg:npm/a' }], status: 'fixed' }])));
  const documents = await vexAmong(attachedFiles(client, 'team/app', [digest], { signal, onRemark: (remark) => expect.unreachable(remark) }));
  expect(documents.map(({ statements, attachedTo }) => ({ vulnerabilities: statements.map(({ vulnerability }) => vulnerability), attachedTo }))).toEqual([{ vulnerabilities: ['CVE-2026-1'], attachedTo: [digest] }]);
});
