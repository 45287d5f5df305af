import { OciError } from '@esscm/oci-client';
import { describe, expect, test } from 'vitest';
import { explainPullFailure } from './explain-pull-failure.js';
import { translateOciError, type FailureContext } from './translate-oci-error.js';

const signedIn: FailureContext = { host: 'ghcr.io', repository: 'team/app', username: 'octocat' };
const anonymous: FailureContext = { host: 'docker.io', repository: 'library/nginx' };

/** Status and code as registries send them; the words are what the user reads. */
const rows: readonly [what: string, error: Omit<ConstructorParameters<typeof OciError>[0], 'message'>, context: FailureContext, words: Record<string, unknown>][] = [
  [
    'a wrong token',
    { code: 'unauthorized', status: 401, upstreamCode: 'UNAUTHORIZED' },
    { ...signedIn, credentialAccepted: false },
    {
      kind: 'invalid-credentials',
      heading: 'Credentials verification failed',
      message: 'ghcr.io does not accept the user name octocat with this password or token.',
      remedy: 'Check user name and token, and that the token has not expired or been revoked.',
    },
  ],
  [
    'a token that may not read the repository, answered as a wrong one is',
    { code: 'unauthorized', status: 401, upstreamCode: 'UNAUTHORIZED' },
    { ...signedIn, credentialAccepted: true },
    {
      kind: 'access-denied',
      heading: 'Access denied',
      message: 'ghcr.io does not allow octocat to read team/app.',
      remedy: 'Whoever manages the registry must give this account the right to pull from the repository.',
    },
  ],
  [
    'either of the two, where it was not asked which',
    { code: 'unauthorized', status: 401, upstreamCode: 'UNAUTHORIZED' },
    signedIn,
    {
      kind: 'invalid-credentials',
      heading: 'Credentials verification failed',
      message: 'ghcr.io refused octocat: the password or token is wrong, or may not read team/app.',
      remedy: 'Check user name and token, and that the token has not expired or been revoked.',
    },
  ],
  [
    'a private repository, not signed in',
    { code: 'unauthorized', status: 401, upstreamCode: 'UNAUTHORIZED' },
    anonymous,
    {
      kind: 'invalid-credentials',
      heading: 'Access denied',
      message: 'docker.io does not give library/nginx to anybody who has not signed in, or does not have it.',
      remedy: 'Check the name. For a private repository, connect the registry with a user name and a token.',
    },
  ],
  [
    'no repository of that name',
    { code: 'not-found', status: 404, upstreamCode: 'NAME_UNKNOWN' },
    { ...signedIn, reference: '1.0' },
    {
      kind: 'not-found',
      heading: 'Repository not found',
      message: 'There is no repository team/app in ghcr.io.',
      remedy: 'Compare the name with the address of the image. Some registries answer so when an account may not see a repository.',
    },
  ],
  [
    'no such tag',
    { code: 'not-found', status: 404, upstreamCode: 'MANIFEST_UNKNOWN' },
    { ...signedIn, reference: '1.0' },
    {
      kind: 'not-found',
      heading: 'Repository not found',
      message: 'No image with tag 1.0 in team/app of ghcr.io.',
      remedy: 'The tag may have been moved or deleted.',
    },
  ],
  [
    'Docker Hub’s limit without signing in',
    { code: 'throttled', status: 429, upstreamCode: 'TOOMANYREQUESTS' },
    anonymous,
    {
      kind: 'throttled',
      heading: 'The registry is limiting requests',
      message: 'Docker Hub has given this address all the images it gives without signing in for now.',
      remedy: 'Wait, or connect Docker Hub with a user name and a token: signed in, more is allowed.',
    },
  ],
  [
    'an address in a private network',
    { code: 'blocked' },
    signedIn,
    {
      kind: 'unreachable',
      heading: 'Cannot reach the registry',
      message: 'what oci-client says',
      remedy: 'If the registry is in your own network, the operator allows that network with ESSCM_PRIVATE_NETWORKS.',
    },
  ],
];

describe('a failure', () => {
  test.each(rows)('%s', (_what, details, context, words) => {
    const cause = new OciError({ ...details, message: 'what oci-client says' });
    const error = translateOciError(cause, context);
    expect({ kind: error.kind, heading: error.heading, message: error.message, remedy: error.remedy }).toEqual(words);
    expect(error.cause).toBe(cause);
  });

  test.each(['integrity', 'limit', 'blocked', 'protocol', 'unsupported'] as const)('of pulling with code %s is left to oci-client’s own words', (code) => {
    expect(explainPullFailure(new OciError({ code, message: '' }), signedIn)).toBeUndefined();
  });
});
