import { mirroredFeeds } from '@esscm/vulnerabilities';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.js';

const ecr = {
  apiEndpoint: undefined,
  stsEndpoint: undefined,
  registryOrigin: undefined,
  customEndpoints: [],
  machineIdentity: [],
  principalArn: undefined,
  publicAccessKeyId: undefined,
  publicSecretAccessKey: undefined,
};
const defaults = {
  port: 4000,
  host: '127.0.0.1',
  dataFolder: './data',
  masterKey: undefined,
  publicUrl: undefined,
  databaseUrl: undefined,
  redisUrl: undefined,
  scanConcurrency: 2,
  callsPerCheck: 1000,
  privateNetworks: [],
  plainHttpRegistries: [],
  ecrSimulatorUrl: undefined,
  advisoryUpdates: { intervalHours: 24, addresses: {} },
  ecr,
  logLevel: 'info',
};

describe('readEnvironment', () => {
  it.each([
    ['nothing set', {}, {}],
    ['an empty variable is an absent one', { PORT: '', DATABASE_URL: '' }, {}],
    ['a port', { PORT: '8080' }, { port: 8080 }],
    ['any free port', { PORT: '0' }, { port: 0 }],
    ['a PostgreSQL server', { DATABASE_URL: 'postgresql://esscm@db/esscm' }, { databaseUrl: 'postgresql://esscm@db/esscm' }],
    ['registries without TLS', { ESSCM_PLAIN_HTTP_REGISTRIES: 'registry.internal:5000' }, { plainHttpRegistries: ['registry.internal:5000'] }],
    ['networks', { ESSCM_PRIVATE_NETWORKS: '10.0.0.0/8, 192.168.0.0/16,' }, { privateNetworks: ['10.0.0.0/8', '192.168.0.0/16'] }],
    ['advisories that nobody fetches', { ESSCM_ADVISORY_UPDATES: 'off' }, { advisoryUpdates: undefined }],
    [
      'advisories of a mirror',
      { ESSCM_ADVISORY_UPDATES: '6', ESSCM_ADVISORY_ADDRESSES: 'osv=file:///srv/osv/, kev=https://mirror.example.org/kev.json?a=b' },
      { advisoryUpdates: { intervalHours: 6, addresses: { osv: 'file:///srv/osv/', kev: 'https://mirror.example.org/kev.json?a=b' } } },
    ],
    [
      'everything of one mirror, but what is set apart',
      { ESSCM_ADVISORY_MIRROR: 'https://mirror.example.org/advisories', ESSCM_ADVISORY_ADDRESSES: 'epss=file:///srv/epss.csv.gz' },
      { advisoryUpdates: { intervalHours: 24, addresses: { ...mirroredFeeds('https://mirror.example.org/advisories/'), epss: 'file:///srv/epss.csv.gz' } } },
    ],
    ['an identity of the machine', { ESSCM_AWS_MACHINE_IDENTITY: 'container, instance' }, { ecr: { ...ecr, machineIdentity: ['container', 'instance'] } }],
    ['endpoints users may name', { ESSCM_ECR_CUSTOM_ENDPOINTS: '.vpce.amazonaws.com' }, { ecr: { ...ecr, customEndpoints: ['.vpce.amazonaws.com'] } }],
    ['variables of others are ignored', { AWS_SECRET_ACCESS_KEY: 'x' }, {}],
  ])('%s', (_title, variables, expected) => {
    expect(readEnvironment(variables)).toEqual({ ...defaults, ...expected });
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://user:hidden@db/esscm'],
    ['REDIS_URL', 'localhost'],
    ['ESSCM_PUBLIC_URL', 'esscm.example.org'],
    ['ESSCM_LOG_LEVEL', 'loud'],
    ['ESSCM_ADVISORY_UPDATES', 'sometimes'],
    ['ESSCM_ADVISORY_ADDRESSES', 'somewhere.example'],
    ['ESSCM_ADVISORY_ADDRESSES', 'osv=ftp://somewhere.example/'],
    ['ESSCM_ADVISORY_ADDRESSES', 'osv=https://user:hidden@somewhere.example/'],
    ['ESSCM_ADVISORY_MIRROR', 'https://user:hidden@somewhere.example/'],
    ['ESSCM_ECR_API_ENDPOINT', 'https://hidden@somewhere.example/'],
  ])('%s=%s is refused by name, without its value', (name, value) => {
    expect(() => readEnvironment({ [name]: value })).toThrow(expect.objectContaining({ exitCode: 2, message: expect.stringMatching(new RegExp(`^${name}: `)) }));
    expect(() => readEnvironment({ [name]: value })).not.toThrow(expect.objectContaining({ message: expect.stringContaining(value) }));
  });
});
