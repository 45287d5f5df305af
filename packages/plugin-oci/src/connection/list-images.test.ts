import { buildArtifact, buildIndex, ImageBuilder, TestRegistry } from '@esscm/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ociPlugin } from '../oci-plugin.js';
import { chart, image } from '../testing/registry-subject.js';

const other = new ImageBuilder({ flavour: 'docker' }).layer({ 'etc/hostname': 'other\n' }).build();
const index = buildIndex([image, other]);
const { signal } = new AbortController();
let registry: TestRegistry;

beforeEach(async () => {
  registry = await TestRegistry.start();
});

afterEach(async () => {
  await registry[Symbol.asyncDispose]();
});

async function pages(values: Readonly<Record<string, string>> = {}) {
  const configuration = ociPlugin.configure({ variantId: 'registry', credentialKindId: 'anonymous', values: { address: registry.host, ...values } });
  await using connection = ociPlugin.connect(configuration, {
    clock: { now: () => new Date() },
    operatorSettings: { 'oci.plainHttpRegistries': registry.host },
    privateNetworks: [],
  });
  const found = [];
  for await (const page of connection.listImages('team/app', { signal })) found.push(page);
  return found;
}

test('tags are joined by digest, and what is no image is named', async () => {
  registry.add('team/app', image, { tags: ['1.0', 'latest'] }).add('team/app', index, { tags: ['multi'] }).add('team/app', chart, { tags: ['chart'] });
  const ociManifest = 'application/vnd.oci.image.manifest.v1+json';
  expect(await pages()).toEqual([
    [
      { digest: image.descriptor.digest, tags: ['1.0', 'latest'], mediaType: ociManifest, sizeBytes: image.layers[0]?.descriptor.size, kind: 'image', status: 'active' },
      { digest: index.descriptor.digest, tags: ['multi'], mediaType: 'application/vnd.oci.image.index.v1+json', kind: 'index', status: 'active' },
      { digest: chart.descriptor.digest, tags: ['chart'], mediaType: ociManifest, kind: 'artifact', artifactType: 'application/vnd.cncf.helm.config.v1+json', status: 'active' },
    ],
  ]);
});

test('an image of Docker before 1.11, whose configuration has no type of its own, is an image', async () => {
  registry.add('team/app', buildArtifact({ configMediaType: 'application/octet-stream' }), { tags: ['old'] });
  expect((await pages()).flat().map(({ kind, tags }) => [kind, tags])).toEqual([['image', ['old']]]);
});

test('a digest comes again on a later page with its further tags', async () => {
  registry.behaviour.pageSize = 2;
  registry.add('team/app', image, { tags: ['1', '2', '3'] });
  expect((await pages()).map((page) => page.map(({ tags }) => tags))).toEqual([[['1', '2']], [['3']]]);
});

test('repositories that the user named are listed without asking the registry', async () => {
  const configuration = ociPlugin.configure({
    variantId: 'registry',
    credentialKindId: 'anonymous',
    values: { address: registry.host, repositories: 'team/app, team/other' },
  });
  await using connection = ociPlugin.connect(configuration, { clock: { now: () => new Date() }, operatorSettings: {}, privateNetworks: [] });
  const listed = [];
  for await (const page of connection.listRepositories({ signal })) listed.push(...page);
  expect(listed.map(({ uri }) => uri)).toEqual([`${registry.host}/team/app`, `${registry.host}/team/other`]);
  expect(registry.log).toEqual([]);
});
