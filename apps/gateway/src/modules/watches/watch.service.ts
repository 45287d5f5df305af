import type { PluginRegistry } from '@esscm/registry-core';
import type { Store, WatchRecord } from '@esscm/store';
import { instance } from '../../graphql/instance.js';
import { notFoundProblem, validationProblem } from '../../graphql/problems.js';
import type { NotFoundProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import type { CheckBell } from './check-bell.js';
import { createEventSecret, eventSecretHeader, hashEventSecret } from './event-secret.js';
import { type ConnectionWatch, EventSecretPayload } from './watch.type.js';
import { watchView } from './watch-view.js';

interface WatchServiceOptions {
  readonly store: Pick<Store, 'connections' | 'watches'>;
  readonly plugins: Pick<PluginRegistry, 'get'>;
  readonly bell: CheckBell;
  /** As others reach the server. */
  readonly origin: string;
  readonly now: () => Date;
}

const shortestMinutes = 5;
const longestMinutes = 7 * 24 * 60;
const dayMs = 24 * 3_600_000;

/** How connections stay current. */
export class WatchService {
  readonly #options: WatchServiceOptions;

  constructor(options: WatchServiceOptions) {
    this.#options = options;
  }

  async of(organizationId: string, connectionId: string): Promise<ConnectionWatch | undefined> {
    const [record] = await this.#options.store.watches.findMany(organizationId, [connectionId]);
    return record === undefined ? undefined : await this.#view(record);
  }

  async change(
    context: RequestContext,
    connectionId: string,
    change: { readonly everyMinutes?: number | null | undefined; readonly paused?: boolean | null | undefined },
  ): Promise<ConnectionWatch | NotFoundProblem | ValidationProblem> {
    const { everyMinutes, paused } = change;
    if (everyMinutes != null && (everyMinutes < shortestMinutes || everyMinutes > longestMinutes)) {
      return validationProblem(context, [{ field: 'everyMinutes', message: `Between ${shortestMinutes} minutes and 7 days.` }]);
    }
    const { store } = this.#options;
    return this.#changed(
      context,
      await store.watches.change(requireRequester(context).organization.id, connectionId, {
        ...(everyMinutes != null && { everyMinutes }),
        ...(paused != null && { paused }),
      }),
    );
  }

  async check(context: RequestContext, connectionId: string): Promise<ConnectionWatch | NotFoundProblem> {
    return this.#changed(context, await this.#options.store.watches.requestCheck(requireRequester(context).organization.id, connectionId));
  }

  /** A secret in place of the earlier one, if any. */
  async createSecret(context: RequestContext, connectionId: string): Promise<EventSecretPayload | NotFoundProblem | ValidationProblem> {
    const { store, plugins } = this.#options;
    const organizationId = requireRequester(context).organization.id;
    const connection = await store.connections.find(organizationId, connectionId);
    if (connection === undefined) return notFoundProblem(context, 'connection');
    const variant = plugins.get(connection.pluginId)?.description.variants.find(({ id }) => id === connection.variantId);
    if (variant?.capabilities.pushEvents !== true) return validationProblem(context, [{ field: 'connectionId', message: 'This registry sends no events that can be read.' }]);
    const secret = createEventSecret();
    const record = await store.watches.setEventSecret(organizationId, connectionId, hashEventSecret(secret));
    if (record === undefined) return notFoundProblem(context, 'connection');
    const endpoint = this.#endpoint(connectionId);
    const filled = { endpoint, header: eventSecretHeader, secret };
    return instance(EventSecretPayload, {
      connectionId,
      ...filled,
      snippet: variant.eventGuide?.snippet?.replaceAll(/\{(endpoint|header|secret)\}/g, (_, name: keyof typeof filled) => filled[name]),
      watch: await this.#view(record),
    });
  }

  async #changed(context: RequestContext, record: WatchRecord | undefined): Promise<ConnectionWatch | NotFoundProblem> {
    if (record === undefined) return notFoundProblem(context, 'connection');
    await this.#options.bell.ring();
    return this.#view(record);
  }

  async #view(record: WatchRecord): Promise<ConnectionWatch> {
    const now = this.#options.now();
    const eventsToday = await this.#options.store.watches.countEvents(record.organizationId, record.connectionId, new Date(now.getTime() - dayMs));
    return watchView(record, { now, eventsToday, eventEndpoint: this.#endpoint(record.connectionId) });
  }

  #endpoint(connectionId: string): string {
    return `${this.#options.origin}/api/connections/${connectionId}/events`;
  }
}
