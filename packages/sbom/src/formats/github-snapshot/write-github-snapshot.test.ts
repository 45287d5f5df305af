import { expect, it } from 'vitest';
import { exampleCatalogue } from '../../test-support/example-catalogue.js';
import { writeGithubSnapshot } from './write-github-snapshot.js';

it('has a manifest for each file that components were found in, with what they depend on', () => {
  const options = { tool: { name: 'esscm', version: '1.2.3' }, github: { sha: 'ab'.repeat(20), ref: 'refs/heads/main', jobId: '7' } };
  const { manifests, ...snapshot } = JSON.parse([...writeGithubSnapshot(exampleCatalogue, options)].join('')) as { manifests: Readonly<Record<string, { resolved: object }>> };
  expect(snapshot).toEqual({
    version: 0,
    sha: 'ab'.repeat(20),
    ref: 'refs/heads/main',
    job: { id: '7', correlator: 'esscm registry.example.org/team/app linux/arm64' },
    detector: { name: 'esscm', version: '1.2.3', url: 'pkg:generic/esscm@1.2.3' },
    scanned: '2026-01-31T12:00:00Z',
    metadata: { image: 'registry.example.org/team/app', digest: `sha256:${'ab'.repeat(32)}` },
  });
  expect(Object.keys(manifests)).toEqual(['/var/lib/dpkg/status', ...['@s/a', 'b', 'c'].map((name) => `/app/node_modules/${name}/package.json`)].map((path) => `registry.example.org/team/app:${path}`));
  expect(manifests['registry.example.org/team/app:/app/node_modules/@s/a/package.json']).toEqual({
    name: '/app/node_modules/@s/a/package.json',
    metadata: { image: `pkg:oci/app@sha256:${'ab'.repeat(32)}?arch=arm64&repository_url=registry.example.org%2Fteam%2Fapp&tag=1.2` },
    resolved: {
      'pkg:npm/%40s/a@1.0.0': {
        package_url: 'pkg:npm/%40s/a@1.0.0',
        relationship: 'direct',
        scope: 'runtime',
        metadata: { layer: `sha256:${'2'.repeat(64)}` },
        dependencies: ['pkg:npm/b@1.0.0', 'pkg:npm/c@1.0.0'],
      },
    },
  });
});
