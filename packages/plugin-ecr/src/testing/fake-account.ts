import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import type { ConfigurationInput, PluginHost, RegistryConnection } from '@esscm/registry-core';
import { ecrPlugin } from '../ecr-plugin.js';
import { FakeAws } from './fake-aws.js';
import type { FakeAnswer } from './fake-aws.js';

export const accountId = '418273905562';
export const region = 'eu-central-1';
export const userArn = `arn:aws:iam::${accountId}:user/esscm-ecr-read`;
export const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const manifest = '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json"}';
export const manifestDigest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;

/** What a user types for the fake account. */
export const accountInput: ConfigurationInput = {
  variantId: 'private',
  credentialKindId: 'access-key',
  values: { accessKeyId: 'AKIAWTN4Q7ZEXAMPLE3K', secretAccessKey, region },
};

const roleArn = `arn:aws:iam::${accountId}:role/esscm-ecr-read`;
const externalId = 'esscm-0123456789abcdef0123456789abcdef';
export const sessionSecret = 'session/secret/session/secret/session/12';
export const sessionToken = 'FwoGZXIvYXdzSESSIONTOKENexample==';

/** The same by a role that an access key assumes. */
export const roleInput: ConfigurationInput = {
  variantId: 'private',
  credentialKindId: 'role',
  values: { ...accountInput.values, assumedBy: 'access-key', roleArn, externalId },
};

/** An account of ECR that allows everything, in pages of three, with a clock that stands still. */
export class FakeAccount implements AsyncDisposable {
  readonly aws: FakeAws;
  readonly repositoryNames: readonly string[];
  readonly clock = { now: (): Date => new Date(this.#nowMs) };
  #nowMs = Date.parse('2026-11-23T14:32:08Z');

  private constructor(aws: FakeAws, repositories: number) {
    this.aws = aws;
    this.repositoryNames = Array.from({ length: repositories }, (_, index) => `payments/app-${index}`);
    this.#allowEverything();
  }

  static async start(repositories = 7): Promise<FakeAccount> {
    return new FakeAccount(await FakeAws.start(), repositories);
  }

  get host(): PluginHost {
    const { origin } = this.aws;
    return {
      clock: this.clock,
      operatorSettings: {
        'ecr.apiEndpoint': origin,
        'ecr.stsEndpoint': origin,
        'ecr.registryOrigin': origin,
        'ecr.publicOrigin': origin,
        'ecr.browseAttempts': '1',
      },
      privateNetworks: [],
    };
  }

  connect(values: Readonly<Record<string, string>> = {}): RegistryConnection {
    const input = { ...accountInput, values: { ...accountInput.values, ...values } };
    return ecrPlugin.connect(ecrPlugin.configure(input), this.host);
  }

  /** Lets the role be assumed with the external ID, and not without. */
  allowRole(): void {
    this.aws.answer('AssumeRole', (input) =>
      input['ExternalId'] === externalId
        ? {
            json: {
              Credentials: {
                AccessKeyId: 'ASIAWTN4Q7ZEXAMPLE3K',
                SecretAccessKey: sessionSecret,
                SessionToken: sessionToken,
                // Far ahead, as the SDK goes by the clock of the machine.
                Expiration: '2126-11-23T15:32:08Z',
              },
            },
          }
        : { status: 403, code: 'AccessDenied', message: `User: ${userArn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}` },
    );
  }

  advanceClock(byMs: number): void {
    this.#nowMs += byMs;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.aws[Symbol.asyncDispose]();
  }

  #allowEverything(): void {
    const { aws } = this;
    aws.answer('GetCallerIdentity', { json: { Arn: userArn, UserId: 'AIDAEXAMPLE', Account: accountId } });
    aws.answer('GetAuthorizationToken', () => ({
      json: {
        authorizationData: [
          {
            authorizationToken: Buffer.from(`AWS:password-${aws.calls.length}`).toString('base64'),
            expiresAt: this.#nowMs / 1000 + 12 * 3600,
            proxyEndpoint: `https://${accountId}.dkr.ecr.${region}.amazonaws.com`,
          },
        ],
      },
    }));
    aws.answer('DescribeRepositories', (input) => this.#repositoryPage(Number(input['nextToken'] ?? 0)));
    aws.answer('ListImages', { json: { imageIds: [{ imageDigest: manifestDigest, imageTag: '1.0' }] } });
    aws.answer('DescribeImages', { json: { imageDetails: [describedImage] } });
    aws.answer('BatchGetImage', { json: { images: [], failures: [{ failureCode: 'ImageNotFound' }] } });
    aws.answer('BatchCheckLayerAvailability', { json: { layers: [{ layerAvailability: 'UNAVAILABLE' }] } });
    aws.answer('GetDownloadUrlForLayer', {
      status: 400,
      code: 'LayersNotFoundException',
      message: 'The layer does not exist.',
    });
    aws.answer('GET /v2/payments/app-0/manifests/1.0', { status: 200, page: manifest });
    aws.answer('GET /v2/nginx/nginx/tags/list?n=1000', { json: { name: 'nginx/nginx', tags: ['1.27', 'latest'] } });
    aws.answer('GET /v2/nginx/nginx/manifests/latest', { status: 200, page: manifest });
  }

  #repositoryPage(offset: number): FakeAnswer {
    const names = this.repositoryNames.slice(offset, offset + 3);
    const next = offset + 3 < this.repositoryNames.length ? { nextToken: String(offset + 3) } : {};
    return {
      json: {
        repositories: names.map((repositoryName) => ({
          repositoryName,
          repositoryUri: `${accountId}.dkr.ecr.${region}.amazonaws.com/${repositoryName}`,
          createdAt: 1767225600.5,
        })),
        ...next,
      },
    };
  }
}

const describedImage = {
  imageDigest: manifestDigest,
  imageTags: ['1.0', 'latest'],
  imageSizeInBytes: 1_864_000,
  imagePushedAt: 1767225600.5,
  lastRecordedPullTime: 1767312000,
  imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
  artifactMediaType: 'application/vnd.oci.image.config.v1+json',
  imageStatus: 'ACTIVE',
};

/** The refusal of an action in the words of IAM. */
export function denied(action: string, because = `because no identity-based policy allows the ${action} action`): FakeAnswer {
  const resource = `arn:aws:ecr:${region}:${accountId}:repository/payments/app-0`;
  return {
    status: 400,
    code: 'AccessDeniedException',
    message: `User: ${userArn} is not authorized to perform: ${action} on resource: ${resource} ${because}`,
  };
}

/** A port of this machine on which nothing listens. */
export async function closedOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `http://127.0.0.1:${address.port}`;
}
