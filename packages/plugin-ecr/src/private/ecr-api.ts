import type {
  BatchCheckLayerAvailabilityCommandOutput,
  BatchGetImageCommandOutput,
  DescribeImagesCommandInput,
  DescribeImagesCommandOutput,
  DescribeRepositoriesCommandInput,
  DescribeRepositoriesCommandOutput,
  ECR,
  GetAuthorizationTokenCommandOutput,
  GetDownloadUrlForLayerCommandOutput,
  ListImagesCommandInput,
  ListImagesCommandOutput,
} from '@aws-sdk/client-ecr';
import type { RegistryPlace } from '../configuration/private-configuration.js';
import { translateAwsError } from '../errors/translate-aws-error.js';
import type { AwsIdentity } from '../identity/aws-identity.js';
import type { EcrAction } from '../permissions.js';
import { awsClientSettings } from './aws-client-settings.js';
import type { RetryBehaviour } from './aws-client-settings.js';

export interface CallOptions {
  readonly signal: AbortSignal;
}

interface RepositoryCall {
  readonly repositoryName: string;
  readonly digest: string;
}

export interface EcrApiOptions {
  readonly place: RegistryPlace;
  readonly identity: AwsIdentity;
  readonly endpoint: string;
  readonly retry: RetryBehaviour;
}

/** The seven operations on one registry, each failing with a translated `RegistryError`. Loads the SDK on first use. */
export class EcrApi {
  readonly #options: EcrApiOptions;
  #client: Promise<ECR> | undefined;

  constructor(options: EcrApiOptions) {
    this.#options = options;
  }

  getAuthorizationToken(options: CallOptions): Promise<GetAuthorizationTokenCommandOutput> {
    return this.#call('ecr:GetAuthorizationToken', undefined, (ecr) =>
      ecr.getAuthorizationToken({}, { abortSignal: options.signal }),
    );
  }

  describeRepositories(
    input: DescribeRepositoriesCommandInput,
    options: CallOptions,
  ): Promise<DescribeRepositoriesCommandOutput> {
    return this.#call('ecr:DescribeRepositories', undefined, (ecr) =>
      ecr.describeRepositories({ ...this.#registry(), ...input }, { abortSignal: options.signal }),
    );
  }

  listImages(input: ListImagesCommandInput, options: CallOptions): Promise<ListImagesCommandOutput> {
    return this.#call('ecr:ListImages', input.repositoryName, (ecr) =>
      ecr.listImages({ ...this.#registry(), ...input }, { abortSignal: options.signal }),
    );
  }

  describeImages(input: DescribeImagesCommandInput, options: CallOptions): Promise<DescribeImagesCommandOutput> {
    return this.#call('ecr:DescribeImages', input.repositoryName, (ecr) =>
      ecr.describeImages({ ...this.#registry(), ...input }, { abortSignal: options.signal }),
    );
  }

  batchGetImage(input: RepositoryCall, options: CallOptions): Promise<BatchGetImageCommandOutput> {
    const { repositoryName, digest } = input;
    return this.#call('ecr:BatchGetImage', repositoryName, (ecr) =>
      ecr.batchGetImage(
        { ...this.#registry(), repositoryName, imageIds: [{ imageDigest: digest }] },
        { abortSignal: options.signal },
      ),
    );
  }

  batchCheckLayerAvailability(
    input: RepositoryCall,
    options: CallOptions,
  ): Promise<BatchCheckLayerAvailabilityCommandOutput> {
    const { repositoryName, digest } = input;
    return this.#call('ecr:BatchCheckLayerAvailability', repositoryName, (ecr) =>
      ecr.batchCheckLayerAvailability(
        { ...this.#registry(), repositoryName, layerDigests: [digest] },
        { abortSignal: options.signal },
      ),
    );
  }

  getDownloadUrlForLayer(input: RepositoryCall, options: CallOptions): Promise<GetDownloadUrlForLayerCommandOutput> {
    const { repositoryName, digest } = input;
    return this.#call('ecr:GetDownloadUrlForLayer', repositoryName, (ecr) =>
      ecr.getDownloadUrlForLayer(
        { ...this.#registry(), repositoryName, layerDigest: digest },
        { abortSignal: options.signal },
      ),
    );
  }

  /** Closes its sockets; calls under way fail. */
  async dispose(): Promise<void> {
    const opened = this.#client;
    this.#client = undefined;
    (await opened)?.destroy();
  }

  #registry(): { registryId?: string } {
    const { accountId } = this.#options.place;
    return accountId === undefined ? {} : { registryId: accountId };
  }

  async #call<Output>(
    action: EcrAction,
    repository: string | undefined,
    operation: (ecr: ECR) => Promise<Output>,
  ): Promise<Output> {
    try {
      this.#client ??= this.#open();
      return await operation(await this.#client);
    } catch (error) {
      const { place, identity, endpoint } = this.#options;
      throw translateAwsError(error, {
        action,
        region: place.region,
        endpointHost: new URL(endpoint).host,
        ...(identity.accessKeyId !== undefined && { accessKeyId: identity.accessKeyId }),
        ...(place.accountId !== undefined && { accountId: place.accountId }),
        ...(repository !== undefined && { repository }),
      });
    }
  }

  async #open(): Promise<ECR> {
    // Loaded here because the SDK takes longer to start than the rest of the product.
    const sdk = await import('@aws-sdk/client-ecr');
    const { place, endpoint, identity, retry } = this.#options;
    return new sdk.ECR(awsClientSettings(place.region, endpoint, identity, retry));
  }
}
