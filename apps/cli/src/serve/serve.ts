import { createHmac } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleAdvisories, startSampleRegistry } from '@esscm/ecr-simulator';
import { startGateway } from '@esscm/gateway';
import { openJobs } from '@esscm/jobs';
import { isLoopbackHost } from '@esscm/oci-client';
import { dialPolicyFor } from '@esscm/registry-core';
import { installedPlugins } from '@esscm/registry-plugins';
import { createComponentMatcher, createScanEngine } from '@esscm/scan-engine';
import { createSupportRefresh, rematch, startAdvisoryUpdates, startChecks, startScanner, startVex, updateOnThread } from '@esscm/scanner';
import { openDatabase, openStore, openVault } from '@esscm/store';
import { pino } from 'pino';
import type { Environment } from '../environment.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { version } from '../version.js';
import { Closing } from './closing.js';
import { createLog } from './create-log.js';
import { explainListening } from './explain-listening.js';
import { startHousekeeping } from './housekeeping.js';
import { createHostFor } from './operator-settings.js';
import { createSetupCode } from './setup-code.js';

export type Role = 'all' | 'gateway' | 'scanner';

export interface RunningServer {
  /** Where the web app and the API are; absent for a scanner alone. */
  readonly address: string | undefined;
  /** Asked for when the first account is created; absent when only this machine can reach the server. */
  readonly setupCode: string | undefined;
  /** What the operator should know, one line each. */
  readonly notices: readonly string[];
  /** Stops taking work, lets what runs come to an end, closes everything. */
  close(): Promise<void>;
}

const clock = { now: () => new Date() };
const webFolder = fileURLToPath(new URL('../../../web/dist', import.meta.url));

/**
 * Builds every real part, in the order in which they need each other, and starts the role's. What was opened is closed
 * in reverse, also when a later part cannot be opened.
 * @throws CommandError when the settings do not allow the role; errors of the parts otherwise
 */
export async function serve(environment: Environment, role: Role): Promise<RunningServer> {
  checkRole(environment, role);
  const log = createLog({ level: environment.logLevel, role }, pino.destination({ dest: 2, sync: false }));
  const closing = new Closing(log);
  try {
    const dataFolder = resolve(environment.dataFolder);
    await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    const vault = await openVault({
      keyFile: join(dataFolder, 'master.key'),
      ...(environment.masterKey === undefined ? {} : { masterKey: environment.masterKey }),
    });
    const database = await openDatabase({
      dataFolder,
      log: log.child({ part: 'database' }),
      ...(environment.databaseUrl === undefined ? {} : { databaseUrl: environment.databaseUrl }),
    });
    closing.add('database', () => database.close());
    const store = await openStore({ database, vault });
    const stopHousekeeping = startHousekeeping(store, log);
    closing.add('housekeeping', () => Promise.resolve(stopHousekeeping()));
    const installationSecret = await store.installationSecret();
    const derive = (purpose: string) => createHmac('sha256', installationSecret).update(purpose).digest('base64');
    const jobs = await openJobs({
      database,
      log: log.child({ part: 'jobs' }),
      ...(environment.redisUrl === undefined ? {} : { redisUrl: environment.redisUrl }),
    });
    closing.add('jobs', () => jobs.close());
    const sample = await startSampleRegistry({ folder: join(dataFolder, 'sample'), seed: derive('sample registry') });
    closing.add('sample registry', () => sample.close());
    const plugins = installedPlugins();
    const hostFor = createHostFor(sample, environment);

    if (role !== 'gateway') {
      // On connections of its own: what a scan writes must not stand before what a user asks for.
      const scannerStore = await openStore({ database: { pool: database.createPool({ max: 4, applicationName: 'esscm-scanner' }) }, vault });
      const advisoryFolder = join(dataFolder, 'advisories');
      const matcher = createComponentMatcher({ folder: advisoryFolder, sample: { records: sampleAdvisories, folder: join(dataFolder, 'sample', 'advisories') } });
      closing.add('matcher', () => matcher[Symbol.asyncDispose]());
      const engine = createScanEngine({ facts: scannerStore.facts, matcher });
      closing.add('scan engine', () => engine[Symbol.asyncDispose]());
      const registries = { store: scannerStore, jobs, plugins, host: hostFor };
      const vex = await startVex({ ...registries, dialer: dialPolicyFor(environment, undefined), clock, log: log.child({ part: 'vex' }) });
      closing.add('VEX documents', () => vex.close());
      const refreshSupport = createSupportRefresh({ store: scannerStore, matcher, clock, log: log.child({ part: 'support' }) });
      const advisories = await startAdvisoryUpdates({
        store: scannerStore,
        jobs,
        folder: advisoryFolder,
        intervalHours: environment.advisoryUpdates?.intervalHours,
        addresses: environment.advisoryUpdates?.addresses ?? {},
        update: updateOnThread,
        isShared: database.kind !== 'embedded',
        onGeneration: async (signal) => {
          await rematch({ store: scannerStore, matcher, log: log.child({ part: 'rematch' }) }, signal);
          await refreshSupport(signal);
          vex.wake();
        },
        clock,
        log: log.child({ part: 'advisories' }),
      });
      closing.add('advisory updates', () => advisories.close());
      const scanner = await startScanner({
        ...registries,
        engine,
        matcher,
        onAdvisoriesNeeded: (ecosystems) => advisories.want(ecosystems),
        onStored: (imageId) => vex.afterScan(imageId),
        concurrency: environment.scanConcurrency,
        log: log.child({ part: 'scanner' }),
      });
      closing.add('scanner', () => scanner.close());
      const checks = await startChecks({ ...registries, callsPerCheck: environment.callsPerCheck, log: log.child({ part: 'checks' }) });
      closing.add('checks', () => checks.close());
    }

    const setupCode = role === 'scanner' || onlyThisMachine(environment) ? undefined : createSetupCode();
    const gateway =
      role === 'scanner'
        ? undefined
        : await startGateway({
            store,
            jobs,
            plugins,
            hostFor,
            sample: { ...sample, images: sample.images.filter((image) => image.visibility === 'private') },
            authenticationSecret: derive('sessions'),
            installation: { version, storage: database.kind, queue: jobs.backend },
            settings: {
              port: environment.port,
              host: environment.host,
              webFolder,
              ...(setupCode === undefined ? {} : { setupCode }),
              ...(environment.publicUrl === undefined ? {} : { publicOrigin: new URL(environment.publicUrl).origin }),
            },
            log: log.child({ part: 'gateway' }),
          });
    if (gateway !== undefined) closing.add('gateway', () => gateway.close());

    return { address: gateway?.address, setupCode, notices: vault.notice === undefined ? [] : [vault.notice], close: () => closing.close() };
  } catch (error) {
    await closing.close();
    throw explainListening(error, environment);
  }
}

/** A public address means a proxy in front, through which others come although the server itself listens on loopback. */
function onlyThisMachine({ host, publicUrl }: Environment): boolean {
  return isLoopbackHost(host) && publicUrl === undefined;
}

/** The embedded database belongs to one process, and processes that share a database have to share the key. */
function checkRole(environment: Environment, role: Role): void {
  if (role === 'all') return;
  if (environment.databaseUrl === undefined) {
    throw new CommandError(`--role ${role} needs DATABASE_URL: the embedded database belongs to one process.`, {
      exitCode: exitCodes.usage,
      remedy: 'Set DATABASE_URL to a PostgreSQL server, or use --role all.',
    });
  }
  if (environment.masterKey === undefined) {
    throw new CommandError(`--role ${role} needs ESSCM_MASTER_KEY: every process has to open the same stored credentials.`, {
      exitCode: exitCodes.usage,
      remedy: 'Set ESSCM_MASTER_KEY to the same 32 bytes in every process; openssl rand -base64 32 makes one.',
    });
  }
}
