import { z } from 'zod';
import { mirroredFeeds } from '@esscm/vulnerabilities';
import type { FeedAddresses } from '@esscm/vulnerabilities';
import { CommandError, exitCodes } from './exit-codes.js';

const port = z.coerce.number().int().min(0).max(65_535);
const url = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), `must be a URL beginning with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`);

/** An address that may be shown to users and named in errors: one with a password in it would be told to everybody, and cannot be fetched. */
const publicUrl = (protocols: readonly string[]) =>
  url(protocols).refine((text) => !URL.canParse(text) || (new URL(text).username === '' && new URL(text).password === ''), 'must not hold a user name or password');

const list = z
  .string()
  .transform((text) => text.split(',').map((word) => word.trim()).filter((word) => word !== ''))
  .default([]);

/** Where the AWS identity of the machine may be taken from. */
const machineIdentities = ['environment', 'web-identity', 'container', 'instance'];

/** Feeds that can have another address, as `FeedAddresses` names them. */
const feedName = z.enum(['osv', 'alpineSecdb', 'alpineRejections', 'debianTracker', 'amazonLinux', 'amazonLinux1', 'amazonExplorer', 'oracleLinux', 'photon', 'azureLinux', 'redHatVex', 'kev', 'epss', 'endOfLife'] satisfies (keyof FeedAddresses)[]);

const addressesSchema = z.partialRecord(feedName, publicUrl(['https:', 'http:', 'file:']));

const schema = z.object({
  PORT: port.default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  ESSCM_DATA_DIR: z.string().min(1).default('./data'),
  ESSCM_MASTER_KEY: z.string().min(1).optional(),
  ESSCM_PUBLIC_URL: publicUrl(['https:', 'http:']).optional(),
  DATABASE_URL: url(['postgresql:', 'postgres:']).optional(),
  REDIS_URL: url(['redis:', 'rediss:']).optional(),
  ESSCM_SCAN_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(2),
  ESSCM_CALLS_PER_CHECK: z.coerce.number().int().min(10).max(100_000).default(1000),
  ESSCM_PRIVATE_NETWORKS: list,
  ESSCM_PLAIN_HTTP_REGISTRIES: list,
  ESSCM_ECR_SIMULATOR_URL: publicUrl(['http:']).optional(),
  ESSCM_ADVISORY_UPDATES: z.union([z.literal('off'), z.coerce.number().int().min(1).max(720)], { error: 'must be off, or hours between two updates, 1 to 720' }).default(24),
  ESSCM_ADVISORY_MIRROR: publicUrl(['https:', 'http:', 'file:']).optional(),
  ESSCM_ADVISORY_ADDRESSES: z.string().transform(readAddresses).default({}),
  ESSCM_ECR_API_ENDPOINT: publicUrl(['https:']).optional(),
  ESSCM_ECR_STS_ENDPOINT: publicUrl(['https:']).optional(),
  ESSCM_ECR_REGISTRY_ORIGIN: publicUrl(['https:']).optional(),
  ESSCM_ECR_CUSTOM_ENDPOINTS: list,
  ESSCM_AWS_MACHINE_IDENTITY: list.refine((names) => names.every((name) => machineIdentities.includes(name)), `must be of ${machineIdentities.join(', ')}, separated by commas`),
  ESSCM_AWS_PRINCIPAL_ARN: z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:(?:role|user)\/\S+$/, 'must be the ARN of a role or user').optional(),
  ESSCM_ECR_PUBLIC_ACCESS_KEY_ID: z.string().min(1).optional(),
  ESSCM_ECR_PUBLIC_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  ESSCM_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

/** Where advisories come from and how often. */
interface AdvisoryUpdateSettings {
  readonly intervalHours: number;
  /** In place of the public ones; `file:` for a folder. */
  readonly addresses: Partial<FeedAddresses>;
}

/** What the operator decides about Amazon ECR. */
export interface EcrEnvironment {
  /** In the place of AWS's own addresses, for every connection. */
  readonly apiEndpoint: string | undefined;
  readonly stsEndpoint: string | undefined;
  readonly registryOrigin: string | undefined;
  /** Hosts, or `.endings`, that users may name as endpoints. */
  readonly customEndpoints: readonly string[];
  /** Sources of the machine's identity that connections may use; none by default. */
  readonly machineIdentity: readonly string[];
  /** The principal trust policies name for the machine's identity. */
  readonly principalArn: string | undefined;
  /** Signs in to ECR Public for everybody, which raises its limits. */
  readonly publicAccessKeyId: string | undefined;
  readonly publicSecretAccessKey: string | undefined;
}

/** The settings of a server, checked. */
export interface Environment {
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  /** As typed; the vault checks its form. */
  readonly masterKey: string | undefined;
  /** Origin under which browsers reach the server when a proxy is in front. */
  readonly publicUrl: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  /** Scans running at the same time in this process. */
  readonly scanConcurrency: number;
  /** Requests that one check of a connection may make to its registry. */
  readonly callsPerCheck: number;
  /** Networks such as `10.0.0.0/8` in which registries may be. */
  readonly privateNetworks: readonly string[];
  /** Hosts, with their port, of registries that are spoken to without TLS. */
  readonly plainHttpRegistries: readonly string[];
  /** A local simulator in place of Amazon ECR. */
  readonly ecrSimulatorUrl: string | undefined;
  /** How advisories are kept current; undefined when nothing is to be fetched. */
  readonly advisoryUpdates: AdvisoryUpdateSettings | undefined;
  readonly ecr: EcrEnvironment;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

/**
 * Reads the settings from environment variables; an empty variable counts as absent.
 * @throws CommandError naming each variable that cannot be used, never its value
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new CommandError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`).join('\n'), { exitCode: exitCodes.usage });
  }
  const { data } = parsed;
  return {
    port: data.PORT,
    host: data.HOST,
    dataFolder: data.ESSCM_DATA_DIR,
    masterKey: data.ESSCM_MASTER_KEY,
    publicUrl: data.ESSCM_PUBLIC_URL,
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL,
    scanConcurrency: data.ESSCM_SCAN_CONCURRENCY,
    callsPerCheck: data.ESSCM_CALLS_PER_CHECK,
    privateNetworks: data.ESSCM_PRIVATE_NETWORKS,
    plainHttpRegistries: data.ESSCM_PLAIN_HTTP_REGISTRIES,
    ecrSimulatorUrl: data.ESSCM_ECR_SIMULATOR_URL,
    advisoryUpdates: data.ESSCM_ADVISORY_UPDATES === 'off' ? undefined : { intervalHours: data.ESSCM_ADVISORY_UPDATES, addresses: { ...(data.ESSCM_ADVISORY_MIRROR === undefined ? {} : mirroredFeeds(data.ESSCM_ADVISORY_MIRROR)), ...data.ESSCM_ADVISORY_ADDRESSES } },
    ecr: {
      apiEndpoint: data.ESSCM_ECR_API_ENDPOINT,
      stsEndpoint: data.ESSCM_ECR_STS_ENDPOINT,
      registryOrigin: data.ESSCM_ECR_REGISTRY_ORIGIN,
      customEndpoints: data.ESSCM_ECR_CUSTOM_ENDPOINTS,
      machineIdentity: data.ESSCM_AWS_MACHINE_IDENTITY,
      principalArn: data.ESSCM_AWS_PRINCIPAL_ARN,
      publicAccessKeyId: data.ESSCM_ECR_PUBLIC_ACCESS_KEY_ID,
      publicSecretAccessKey: data.ESSCM_ECR_PUBLIC_SECRET_ACCESS_KEY,
    },
    logLevel: data.ESSCM_LOG_LEVEL,
  };
}

/** `osv=https://mirror.example.org/,kev=file:///srv/kev.json` */
function readAddresses(text: string, context: z.RefinementCtx): Partial<FeedAddresses> {
  const pairs = text.split(',').map((part) => part.trim()).filter((part) => part !== '');
  const read = addressesSchema.safeParse(Object.fromEntries(pairs.map((part) => part.split(/=(.*)/s).slice(0, 2))));
  if (read.success) return read.data;
  // The schema's own words would repeat what was typed.
  context.addIssue(`must be names of feeds with http:, https: or file: addresses without a password, such as osv=https://mirror.example.org/; names are ${feedName.options.join(', ')}`);
  return z.NEVER;
}
