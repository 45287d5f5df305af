import { createHmac } from 'node:crypto';
import type { PolicyDocument } from '../iam/policy-document.js';
import type { SimulatedRepository } from '../simulated-account.js';
import { type EcrSimulator, startEcrSimulator } from '../start-ecr-simulator.js';
import { buildSampleImages, type SampleImage } from './build-sample-images.js';

const REGION = 'us-east-1';
/** How long after its build an image was pushed, in milliseconds. */
const PUSH_DELAY_MS = 90_000;

/** The seven permissions that pulling and browsing take. */
const READ_ONLY: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        'ecr:GetAuthorizationToken',
        'ecr:DescribeRepositories',
        'ecr:ListImages',
        'ecr:DescribeImages',
        'ecr:BatchGetImage',
        'ecr:BatchCheckLayerAvailability',
        'ecr:GetDownloadUrlForLayer',
      ],
      Resource: '*',
    },
  ],
};

/** What a user of the sample needs to know to connect to it. */
export interface SampleRegistry extends EcrSimulator {
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly region: string };
  /** One row per image, with the first of its tags. */
  readonly images: readonly {
    readonly repository: string;
    readonly visibility: 'private' | 'public';
    readonly tag: string;
    readonly digest: string;
    /** The image reference to show: host, repository and tag. */
    readonly reference: string;
    readonly projectName: string;
    readonly projectVersion: string;
  }[];
}

function derivedCredentials(seed: string): SampleRegistry['credentials'] {
  const derive = (purpose: string) => createHmac('sha256', seed).update(`sample registry ${purpose}`).digest();
  const letters = Array.from(derive('access key id').subarray(0, 16), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32] ?? 'A');
  return { accessKeyId: `AKIA${letters.join('')}`, secretAccessKey: derive('secret access key').toString('base64').slice(0, 40), region: REGION };
}

function sampleRepositories(images: readonly SampleImage[]): readonly SimulatedRepository[] {
  const byRepository = Map.groupBy(images, (image) => `${image.visibility} ${image.repository}`);
  return [...byRepository.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const pushes = members.map(({ layout, tags, createdAt }) => ({ layout, tags, pushedAt: new Date(createdAt.getTime() + PUSH_DELAY_MS) }));
    return [{ name: first.repository, visibility: first.visibility, createdAt: first.createdAt, images: pushes }];
  });
}

/**
 * Builds the sample images below `folder`, which has to stay while the registry runs, and starts a simulator that holds them and one read-only
 * user. The user's access key follows from `seed`, so that a connection stored earlier works after a restart; keep the seed as secret as the key.
 * @throws SimulatorError
 */
export async function startSampleRegistry(options: {
  readonly folder: string;
  readonly seed: string;
  readonly clock?: { now(): Date } | undefined;
  /** Default: any free port. */
  readonly port?: number | undefined;
}): Promise<SampleRegistry> {
  const samples = await buildSampleImages(options.folder);
  const credentials = derivedCredentials(options.seed);
  const { accessKeyId, secretAccessKey } = credentials;
  const simulator = await startEcrSimulator({
    region: REGION,
    port: options.port,
    clock: options.clock,
    users: [{ name: 'sample-reader', accessKeyId, secretAccessKey, policies: [READ_ONLY] }],
    repositories: sampleRepositories(samples),
    seed: options.seed,
  });
  const images = samples.map(({ repository, visibility, tags: [tag = ''], digest, projectName, projectVersion }) => {
    const host = visibility === 'public' ? 'public.ecr.aws' : simulator.registryHost;
    return { repository, visibility, tag, digest, reference: `${host}/${repository}:${tag}`, projectName, projectVersion };
  });
  return { ...simulator, credentials, images };
}
