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
import { shownAccessKeyId } from '../configuration/private-configuration.js';
import type { PrivateConfiguration } from '../configuration/private-configuration.js';
import { translateAwsError } from '../errors/translate-aws-error.js';
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

/** The seven operations a connection uses, each failing with a translated `RegistryError`. Loads the SDK on first use. */
export class EcrApi {
  readonly #configuration: PrivateConfiguration;
  readonly #endpoint: string;
  readonly #retry: RetryBehaviour;
  #client: Promise<ECR> | undefined;

  constructor(configuration: PrivateConfiguration, endpoint: string, retry: RetryBehaviour) {
    this.#configuration = configuration;
    this.#endpoint = endpoint;
    this.#retry = retry;
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
    const { registryId } = this.#configuration;
    return registryId === undefined ? {} : { registryId };
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
      const { region, credentials, registryId } = this.#configuration;
      throw translateAwsError(error, {
        action,
        region,
        accessKeyId: shownAccessKeyId(credentials),
        endpointHost: new URL(this.#endpoint).host,
        ...(registryId !== undefined && { accountId: registryId }),
        ...(repository !== undefined && { repository }),
      });
    }
  }

  async #open(): Promise<ECR> {
    // Loaded here because the SDK takes longer to start than the rest of the product.
    const sdk = await import('@aws-sdk/client-ecr');
    return new sdk.ECR(awsClientSettings(this.#configuration, this.#endpoint, this.#retry));
  }
}
