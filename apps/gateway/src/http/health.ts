import type { Store } from '@esscm/store';
import type { Request, Response } from 'express';
import type { GatewayJobs } from '../dependencies.js';

interface Health {
  readonly status: 'ok' | 'failing';
  readonly storage: 'ok' | 'failing';
  readonly queue: 'ok' | 'failing';
}

const timeoutMs = 2000;

/** Answers `/healthz`: 200 when requests can be served. Anyone may ask, so askers at the same time share one check. */
export function createHealthHandler(store: Pick<Store, 'organizations'>, jobs: Pick<GatewayJobs, 'scans'>) {
  let checking: Promise<Health> | undefined;
  return async (_request: Request, response: Response): Promise<void> => {
    checking ??= check(store, jobs).finally(() => {
      checking = undefined;
    });
    const health = await checking;
    response.status(health.status === 'ok' ? 200 : 503).set('cache-control', 'no-store').json(health);
  };
}

async function check(store: Pick<Store, 'organizations'>, jobs: Pick<GatewayJobs, 'scans'>): Promise<Health> {
  const [storage, queue] = await Promise.all([works(store.organizations.find('health')), works(jobs.scans.counts())]);
  return { status: storage === 'ok' && queue === 'ok' ? 'ok' : 'failing', storage, queue };
}

async function works(call: Promise<unknown>): Promise<'ok' | 'failing'> {
  const late = Promise.withResolvers<'failing'>();
  const timer = setTimeout(() => late.resolve('failing'), timeoutMs);
  try {
    return await Promise.race([
      call.then(
        () => 'ok' as const,
        () => 'failing' as const,
      ),
      late.promise,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
