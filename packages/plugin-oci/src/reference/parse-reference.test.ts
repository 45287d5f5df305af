import { InvalidReferenceError } from '@esscm/registry-core';
import { describe, expect, test } from 'vitest';
import { parseReference } from './parse-reference.js';

const digest = `sha256:${'a'.repeat(64)}`;
const latest = 'No tag given: latest is used.';
const hub = 'No registry given: Docker Hub is used.';

describe('a reference', () => {
  // Right of what is typed: what `docker pull` would pull for it.
  test.each<[typed: string, text: string, notes: readonly string[]]>([
    ['nginx', 'docker.io/library/nginx:latest', [hub, latest]],
    ['nginx:1.27', 'docker.io/library/nginx:1.27', [hub]],
    ['grafana/grafana:11.3.0', 'docker.io/grafana/grafana:11.3.0', [hub]],
    [`grafana/grafana@${digest}`, `docker.io/grafana/grafana@${digest}`, [hub]],
    ['docker.io/nginx', 'docker.io/library/nginx:latest', [latest]],
    ['index.docker.io/library/nginx:1', 'docker.io/library/nginx:1', []],
    ['registry-1.docker.io/library/nginx:1', 'docker.io/library/nginx:1', []],
    [' ghcr.io/astral-sh/uv:0.9 ', 'ghcr.io/astral-sh/uv:0.9', []],
    ['docker://quay.io/prometheus/node-exporter:v1.8.2', 'quay.io/prometheus/node-exporter:v1.8.2', []],
    ['https://registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10', []],
    ['docker pull mcr.microsoft.com/dotnet/runtime:9.0', 'mcr.microsoft.com/dotnet/runtime:9.0', []],
    ['podman image pull nginx', 'docker.io/library/nginx:latest', [hub, latest]],
    [`ghcr.io/team/app:1.0@${digest}`, `ghcr.io/team/app:1.0@${digest}`, ['Tag and digest given: the digest decides.']],
    ['localhost:5000/app', 'localhost:5000/app:latest', [latest]],
    ['localhost/app:1', 'localhost/app:1', []],
    ['REGISTRY.example.org/team/app:Release', 'registry.example.org/team/app:Release', []],
    ['https://hub.docker.com/_/nginx', 'docker.io/library/nginx:latest', ['Read from the address of a page of Docker Hub.', latest]],
    ['https://hub.docker.com/r/grafana/grafana/tags', 'docker.io/grafana/grafana:latest', ['Read from the address of a page of Docker Hub.', latest]],
  ])('%j is %s', (typed, text, notes) => {
    const reference = parseReference(typed);
    expect([reference.text, reference.notes]).toEqual([text, notes]);
    expect(parseReference(text).text).toBe(text);
  });

  test.each<[typed: string, code: string]>([
    ['', 'empty'],
    ['   ', 'empty'],
    ['not a reference', 'no-host'],
    ['ghcr.io/', 'invalid-repository'],
    ['ghcr.io/Team/App:1', 'invalid-repository'],
    ['ghcr.io/team/app:', 'invalid-tag'],
    ['ghcr.io/team/app:-1', 'invalid-tag'],
    ['ghcr.io/team/app@sha256:abc', 'invalid-digest'],
    ['user:password@ghcr.io/team/app', 'invalid-host'],
    ['ghcr.io:99999/team/app', 'invalid-host'],
    ['ftp://ghcr.io/team/app', 'no-host'],
    ['public.ecr.aws/nginx/nginx:latest', 'other-registry'],
    ['ecr-public.aws.com/nginx/nginx:latest', 'other-registry'],
    ['418273905562.dkr.ecr.eu-central-1.amazonaws.com/app:1', 'other-registry'],
    ['418273905562.dkr.ecr-fips.us-east-1.amazonaws.com/app:1', 'other-registry'],
    ['418273905562.dkr-ecr.us-east-1.on.aws/app:1', 'other-registry'],
    ['418273905562.dkr-ecr-fips.us-gov-west-1.on.aws/app:1', 'other-registry'],
    ['418273905562.dkr.ecr.cn-north-1.amazonaws.com.cn/app:1', 'other-registry'],
    ['418273905562.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn/app:1', 'other-registry'],
    ['418273905562.dkr.ecr.eusc-de-east-1.amazonaws.eu/app:1', 'other-registry'],
    ['418273905562.dkr.ecr.us-iso-east-1.c2s.ic.gov/app:1', 'other-registry'],
  ])('%j is refused with %s', (typed, code) => {
    const read = (): unknown => parseReference(typed);
    expect(read).toThrow(InvalidReferenceError);
    expect(read).toThrow(expect.objectContaining({ code }));
  });

  test.each(['123456789012.dkr.ecr.evil.example/app:1', '123456789012.dkr.ecr.eu-central-1.amazonaws.com.evil.example/app:1', 'ecr-public.aws.com.evil.example/app:1'])(
    '%s is not of Amazon, whatever it begins with',
    (text) => {
      expect(parseReference(text).text).toBe(text);
    },
  );

  test('with upper-case letters comes with the name that is meant', () => {
    expect(() => parseReference('ghcr.io/Team/App:1')).toThrow(expect.objectContaining({ suggestion: 'ghcr.io/team/app:1' }));
  });
});
