import { InvalidConfigurationError } from '@esscm/registry-core';
import { describe, expect, test } from 'vitest';
import { configure } from './configure.js';

const password = 'token-of-test';

describe('a registry', () => {
  test.each<[typed: Record<string, string>, settings: Record<string, string>, hint: string]>([
    [{ address: ' https://GHCR.io/ ' }, { address: 'ghcr.io' }, 'Anonymous at ghcr.io'],
    [{ address: 'https://registry.example.org:5000/v2/' }, { address: 'registry.example.org:5000' }, 'Anonymous at registry.example.org:5000'],
    [{ address: 'index.docker.io' }, { address: 'docker.io' }, 'Anonymous at docker.io'],
    [
      { address: 'docker.io', repositories: 'nginx,  grafana/grafana\nnginx docker.io/library/redis' },
      { address: 'docker.io', repositories: 'library/nginx, grafana/grafana, library/redis' },
      'Anonymous at docker.io',
    ],
    [{ address: 'ghcr.io', repositories: 'ghcr.io/team/app' }, { address: 'ghcr.io', repositories: 'team/app' }, 'Anonymous at ghcr.io'],
  ])('typed as %j is stored as %j', (values, settings, hint) => {
    const input = { variantId: 'registry', credentialKindId: 'anonymous' };
    const stored = configure({ ...input, values });
    expect(stored).toEqual({ ...input, settings, secrets: {}, hint });
    expect(configure({ ...input, values: stored.settings })).toEqual(stored);
  });

  test('signed in to is stored with the token sealed and the user shown', () => {
    const stored = configure({
      variantId: 'registry',
      credentialKindId: 'password',
      values: { address: 'ghcr.io', username: ' octocat ', password: ` ${password}\n` },
    });
    expect([stored.settings, stored.hint, stored.secrets['password']?.reveal()]).toEqual([
      { address: 'ghcr.io', username: 'octocat' },
      'octocat at ghcr.io',
      password,
    ]);
    expect(JSON.stringify(stored)).not.toContain(password);
  });

  test('is refused with every field that is wrong, at once', () => {
    const configureWrong = (): unknown =>
      configure({ variantId: 'registry', credentialKindId: 'password', values: { address: 'registry', repositories: 'A' } });
    expect(configureWrong).toThrow(InvalidConfigurationError);
    expect(configureWrong).toThrow(
      expect.objectContaining({
        issues: [
          { field: 'address', message: 'This is not a registry address: a host name with a dot, such as registry.example.org or localhost:5000.' },
          { field: 'repositories', message: '"A" is not a repository name: lower-case letters and digits, parted by single ".", "_", "-" or "/", without a tag.' },
          { field: 'username', message: 'Enter the user name, without a colon or blanks.' },
          { field: 'password', message: 'Enter the password or access token, without blanks and line breaks in it.' },
        ],
      }),
    );
  });

  test('without TLS is not for a user to choose', () => {
    expect(() => configure({ variantId: 'registry', credentialKindId: 'anonymous', values: { address: 'http://registry.example.org' } })).toThrow(
      'Leave out http://. Registries without TLS are only spoken to when the operator lists them.',
    );
  });
});
