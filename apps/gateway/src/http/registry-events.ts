import { type PluginRegistry, RegistryError } from '@esscm/registry-core';
import type { Store } from '@esscm/store';
import type { RequestHandler, Response } from 'express';
import type { AttemptLimiter } from '../authentication/attempt-limiter.js';
import type { CheckBell } from '../modules/watches/check-bell.js';
import { eventSecretHeader, isEventSecret } from '../modules/watches/event-secret.js';

interface RegistryEventsOptions {
  readonly store: Pick<Store, 'connections' | 'watches'>;
  readonly plugins: Pick<PluginRegistry, 'get'>;
  readonly bell: CheckBell;
  /** Of requests with a wrong secret, by connection. */
  readonly refusals: AttemptLimiter;
}

/** Answers the address that events are sent to. */
export type RegistryEventsHandler = RequestHandler<{ connectionId: string }>;

/**
 * `POST /api/connections/{id}/events`: an event of the registry, with the connection's secret in a header. Answered when it is stored;
 * the look at the registry follows. An event that was received before is accepted and does nothing.
 */
export function createRegistryEventsHandler({ store, plugins, bell, refusals }: RegistryEventsOptions): RegistryEventsHandler {
  return async (request, response) => {
    const { connectionId } = request.params;
    const known = await store.watches.eventSecretOf(connectionId);
    if (!isEventSecret(request.get(eventSecretHeader), known?.hash) || known === undefined) {
      // Counted for what cannot be a connection too: nobody learns which exist.
      const key = connectionId.slice(0, 64);
      const retryAfterMs = refusals.retryAfterMs(key);
      if (retryAfterMs === 0) refusals.record(key);
      if (retryAfterMs > 0) response.set('retry-after', String(Math.ceil(retryAfterMs / 1000)));
      answer(response, retryAfterMs > 0 ? 429 : 401, { error: 'The secret is not the one of this connection.' });
      return;
    }
    const connection = await store.connections.find(known.organizationId, connectionId);
    const plugin = connection === undefined ? undefined : plugins.get(connection.pluginId);
    if (plugin?.readEvent === undefined) {
      answer(response, 410, { error: 'This connection takes no events.' });
      return;
    }
    try {
      const event = plugin.readEvent(request.body);
      if (event === undefined) {
        answer(response, 202, { result: 'ignored' });
        return;
      }
      const { id, ...rest } = event;
      const isNew = await store.watches.receiveEvent(known.organizationId, connectionId, { eventId: id, ...rest });
      if (isNew) await bell.ring();
      answer(response, 202, { result: isNew ? 'accepted' : 'known' });
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      answer(response, 400, { error: error.message, ...(error.remedy !== undefined && { remedy: error.remedy }) });
    }
  };
}

function answer(response: Response, status: number, body: Readonly<Record<string, string>>): void {
  response.status(status).set('cache-control', 'no-store').json(body);
}
