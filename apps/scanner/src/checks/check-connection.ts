import { CallPace, listingRate, ManifestReader, type PluginHost, type PluginRegistry, type RegistryCapabilities, RegistryError, registryPathOf } from '@esscm/registry-core';
import { compileRule, InvalidRuleError, selectionRuleSchema, type CompiledRule } from '@esscm/selection';
import type { CheckOutcome, ClaimedWatch, ConnectionRecord, ScanRecord, SelectionRecord, Store } from '@esscm/store';
import type { Logger } from 'pino';
import { openConnection } from '../images/open-connection.js';
import { type CheckedRepository, checkRepository, type RepositoryCheck, type RepositoryResult } from './check-repository.js';
import { CheckTally } from './check-tally.js';
import { checkTags } from './check-tags.js';

export interface CheckDependencies {
  readonly store: Pick<Store, 'connections' | 'selections' | 'images'>;
  readonly plugins: Pick<PluginRegistry, 'get'>;
  readonly host: (connection: ConnectionRecord) => PluginHost;
  /** Puts new scans on the queue and tells readers of them. */
  readonly enqueue: (scans: readonly ScanRecord[]) => Promise<void>;
  readonly clock: { now(): Date };
  readonly log: Logger;
  /** Requests a check may make; what it does not get to waits for the next one. */
  readonly callsPerCheck: number;
  /** 0 to 1. */
  readonly random: () => number;
}

/** Images that rules may find in one connection. */
const maximumImages = 10_000;
/** A check that had to stop early goes on after this. */
const continueAfterMs = 5 * 60_000;

/** Failures after which asking further would only repeat them. */
const ending: ReadonlySet<RegistryError['kind']> = new Set(['invalid-credentials', 'expired', 'unreachable', 'throttled', 'cancelled', 'protocol']);

/**
 * One look at a registry: what is tracked there, and what rules want now. Never rejects for what the registry says; that ends up in
 * the outcome, and what was found before stands.
 */
export async function checkConnection(dependencies: CheckDependencies, claimed: ClaimedWatch, signal: AbortSignal): Promise<CheckOutcome | undefined> {
  const { store, clock } = dependencies;
  const connection = await store.connections.find(claimed.organizationId, claimed.connectionId);
  // Deleted in this moment, and its watch with it.
  if (connection === undefined) return undefined;
  const startedAt = clock.now();
  const tally = new CheckTally();
  const meter = new CallPace(listingRate);
  const run = new ConnectionCheck({ ...dependencies, claimed, connection, tally, meter, signal });
  let cursor: string | undefined;
  try {
    cursor = await run.run();
  } catch (error) {
    if (signal.aborted || !(error instanceof RegistryError)) throw error;
    tally.note(error);
    cursor = claimed.cursor;
  }
  const endedAt = clock.now();
  const { added, moved, gone, back, released, repositoriesChecked, repositoriesLeft, problem } = tally;
  return {
    claimed,
    check: {
      trigger: claimed.trigger,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt.toISOString(),
      added,
      moved,
      gone,
      back,
      released,
      repositoriesChecked,
      repositoriesLeft,
      calls: meter.requests,
      ...(problem !== undefined && { problem }),
    },
    nextCheckAt: nextCheckAt(endedAt, claimed.everyMinutes, cursor !== undefined, dependencies.random()),
    ...(cursor !== undefined && { cursor }),
    eventsLeft: run.eventsLeft,
  };
}

/** A tenth sooner or later, so that the checks of many connections do not stay together. */
function nextCheckAt(now: Date, everyMinutes: number, unfinished: boolean, random: number): Date {
  const everyMs = everyMinutes * 60_000;
  const wait = unfinished ? Math.min(everyMs, continueAfterMs) : everyMs;
  return new Date(now.getTime() + Math.round(wait * (0.9 + 0.2 * random)));
}

interface Run extends CheckDependencies {
  readonly claimed: ClaimedWatch;
  readonly connection: ConnectionRecord;
  readonly tally: CheckTally;
  readonly meter: CallPace;
  readonly signal: AbortSignal;
}

class ConnectionCheck {
  readonly #run: Run;
  /** Of the events, by path. */
  readonly #left: Set<string>;

  constructor(run: Run) {
    this.#run = run;
    this.#left = new Set(run.claimed.eventRepositories);
  }

  /** Repositories of events that have not been looked at. */
  get eventsLeft(): readonly string[] {
    return [...this.#left];
  }

  /** @returns the repository to go on from next time, when the budget was used up */
  async run(): Promise<string | undefined> {
    const { store, connection, claimed, plugins, host, clock, meter, signal } = this.#run;
    const pluginHost = host(connection);
    const capabilities = capabilitiesOf(plugins, connection);
    const selections = await store.selections.list(connection.organizationId, connection.id);
    const { rules, usable } = this.#compile(selections);
    await using registry = await openConnection({ store, plugins }, connection, pluginHost);
    const check: RepositoryCheck = {
      store,
      connection,
      registry,
      rules,
      selections: usable,
      meter,
      signal,
      now: clock.now(),
      manifests: new ManifestReader({ connection: registry, host: pluginHost, signal, onRequest: () => meter.made(1) }),
      room: await this.#room(connection),
    };
    const targets = await this.#targets(check, capabilities, claimed);
    // Awaited here: the connection is disposed when this ends.
    return await this.#lookAt(targets, check, capabilities.listTags ? checkRepository : checkTags);
  }

  /** Repositories of events first, then the others from where the last check ended. */
  async #targets(check: RepositoryCheck, capabilities: RegistryCapabilities, claimed: ClaimedWatch): Promise<readonly CheckedRepository[]> {
    const { store, connection } = this.#run;
    const tracked = await store.images.repositoriesOf(connection.organizationId, connection.id);
    const whole = claimed.trigger !== 'event';
    const named = new Set(claimed.eventRepositories);
    const isWanted = (uri: string): boolean => named.has(registryPathOf(uri)) || (whole && check.rules.some((rule) => rule.matchesRepository(registryPathOf(uri))));
    const { found, several, complete } = await this.#listed(check, capabilities, { tracked, whole, named, isWanted });
    const targets = new Map(found.map((repository) => [repository.uri, repository]));
    for (const { name: uri, repository } of tracked) {
      if ((whole || named.has(repository)) && !targets.has(uri)) targets.set(uri, { uri, name: several ? uri : repository });
    }
    const inOrder = [...targets.values()].toSorted((one, other) => (one.uri < other.uri ? -1 : 1));
    const first = inOrder.filter(({ uri }) => named.has(registryPathOf(uri)));
    const others = inOrder.filter(({ uri }) => !named.has(registryPathOf(uri)));
    // Nothing follows or wants the others.
    const waiting = new Set(first.map(({ uri }) => registryPathOf(uri)));
    if (complete) for (const path of named) if (!waiting.has(path)) this.#left.delete(path);
    const start = Math.max(0, others.findIndex(({ uri }) => uri >= (claimed.cursor ?? '')));
    return [...first, ...others.slice(start), ...others.slice(0, start)];
  }

  /**
   * Repositories of the registry's list that are wanted, and whether their names begin with a host because the connection covers
   * several registries. Without rules the first page says that; an event of repositories that are tracked asks for no list.
   */
  async #listed(
    check: RepositoryCheck,
    { listTags, listRepositories }: RegistryCapabilities,
    { tracked, whole, named, isWanted }: { readonly tracked: readonly { readonly repository: string }[]; readonly whole: boolean; readonly named: ReadonlySet<string>; readonly isWanted: (uri: string) => boolean },
  ): Promise<{ readonly found: readonly CheckedRepository[]; readonly several: boolean; readonly complete: boolean }> {
    const found: CheckedRepository[] = [];
    let several = false;
    let complete = true;
    if (!listTags || !listRepositories) return { found, several, complete };
    const known = new Set(tracked.map(({ repository }) => repository));
    const unknown = [...named].some((path) => !known.has(path) && check.rules.some((rule) => rule.matchesRepository(path)));
    const { registry, signal, meter } = check;
    try {
      for await (const page of registry.listRepositories({ signal, meter })) {
        several ||= page.some(({ name, uri }) => name === uri);
        found.push(...page.filter(({ uri }) => isWanted(uri)).map(({ name, uri }) => ({ name, uri })));
        if (page.length > 0 && !(check.rules.length > 0 && (whole || unknown))) break;
      }
    } catch (error) {
      if (!(error instanceof RegistryError) || ending.has(error.kind)) throw error;
      // Without the list, what is tracked can still be looked at.
      this.#run.tally.note(error);
      complete = false;
    }
    return { found, several, complete };
  }

  async #lookAt(targets: readonly CheckedRepository[], check: RepositoryCheck, look: (check: RepositoryCheck, repository: CheckedRepository) => Promise<RepositoryResult>): Promise<string | undefined> {
    const { tally, meter, callsPerCheck, enqueue } = this.#run;
    let { room } = check;
    let refused = 0;
    let looked = 0;
    const failed = new Set<string>();
    const last = new Map(targets.map(({ uri }) => [registryPathOf(uri), uri]));
    for (const repository of targets) {
      if (meter.requests >= callsPerCheck) {
        tally.repositoriesLeft = targets.length - looked;
        return repository.uri;
      }
      looked += 1;
      const result = await this.#tolerating(() => look({ ...check, room }, repository));
      const path = registryPathOf(repository.uri);
      if (result === undefined) failed.add(path);
      // In several registries there may be a repository of this path in each.
      if (!failed.has(path) && last.get(path) === repository.uri) this.#left.delete(path);
      if (result === undefined) continue;
      room -= result.images.length;
      refused += result.refused;
      tally.count(result.changes, result.images.length);
      await enqueue(result.scans);
    }
    if (refused > 0) {
      tally.note({
        heading: 'Rules match too many images',
        message: `The rules of a connection find at most ${maximumImages.toLocaleString('en-GB')} images; ${refused.toLocaleString('en-GB')} more match and are not tracked.`,
        remedy: 'Narrow a rule, such as to the newest of each repository.',
      });
    }
    return undefined;
  }

  /** One repository that cannot be read does not keep the others from being looked at. */
  async #tolerating(look: () => Promise<RepositoryResult>): Promise<RepositoryResult | undefined> {
    try {
      return await look();
    } catch (error) {
      if (this.#run.signal.aborted || !(error instanceof RegistryError) || ending.has(error.kind)) throw error;
      this.#run.tally.note(error);
      return undefined;
    }
  }

  async #room({ organizationId, id }: ConnectionRecord): Promise<number> {
    const counts = await this.#run.store.selections.countImages(organizationId, id);
    return Math.max(0, maximumImages - [...counts.values()].reduce((sum, count) => sum + count, 0));
  }

  /** Rules that can no longer be read are left out and said. */
  #compile(selections: readonly SelectionRecord[]): { readonly rules: readonly CompiledRule[]; readonly usable: readonly SelectionRecord[] } {
    const rules: CompiledRule[] = [];
    const usable: SelectionRecord[] = [];
    for (const selection of selections) {
      try {
        rules.push(compileRule(selectionRuleSchema.parse(selection.rule)));
        usable.push(selection);
      } catch (error) {
        this.#run.log.warn({ selectionId: selection.id, err: error }, 'a rule cannot be read');
        this.#run.tally.note({ heading: 'A rule cannot be used', message: error instanceof InvalidRuleError ? error.message : 'It was stored by another release.', remedy: 'Change the rules of the connection.' });
      }
    }
    return { rules, usable };
  }
}

function capabilitiesOf(plugins: Pick<PluginRegistry, 'get'>, { pluginId, variantId }: ConnectionRecord): RegistryCapabilities {
  const variant = plugins.get(pluginId)?.description.variants.find(({ id }) => id === variantId);
  return variant?.capabilities ?? { anonymous: false, listRepositories: false, listTags: false, imageMetadata: false, referrers: false, pushEvents: false };
}
