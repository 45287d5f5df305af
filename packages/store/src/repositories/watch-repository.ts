import { and, asc, count, eq, gte, inArray, isNotNull, isNull, lt, lte, or, sql, type SQL } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { isId } from '../ids.js';
import { connections } from '../schema/connection-tables.js';
import { connectionWatches, registryEvents } from '../schema/watch-tables.js';
import type { Executor, StoreContext } from '../store-context.js';
import type { WatchRepository } from '../contract/watch-repository.js';
import type { CheckTrigger, ClaimedWatch, WatchRecord } from '../watch-records.js';
import { withoutColumns } from '../without-columns.js';
import { withoutNulls } from '../without-nulls.js';

const defaultEveryMinutes = 60;
/** Events of one push come together; one look serves them. */
const eventsSettleMs = 2000;
/** Repositories of events that could not be looked at are tried again after this. */
const eventsRetryMs = 5 * 60_000;

export function createWatchRepository({ database, clock }: StoreContext): WatchRepository {
  const ofConnection = (organizationId: string, connectionId: string): SQL | undefined =>
    and(eq(connectionWatches.organizationId, organizationId), eq(connectionWatches.connectionId, isId(connectionId) ? connectionId : ''));
  const update = async (where: SQL | undefined, values: PgUpdateSetSource<typeof connectionWatches>): Promise<WatchRecord | undefined> => {
    const [row] = await database.update(connectionWatches).set(values).where(where).returning();
    return row === undefined ? undefined : toWatch(row);
  };
  const held = (connectionId: string, holder: string): SQL | undefined => and(eq(connectionWatches.connectionId, connectionId), eq(connectionWatches.leaseHolder, holder));

  return {
    async findMany(organizationId, connectionIds) {
      const rows = await database
        .select()
        .from(connectionWatches)
        .where(and(eq(connectionWatches.organizationId, organizationId), inArray(connectionWatches.connectionId, connectionIds.filter(isId))));
      return rows.map(toWatch);
    },

    change: (organizationId, connectionId, change) =>
      update(ofConnection(organizationId, connectionId), {
        ...(change.everyMinutes !== undefined && {
          everyMinutes: change.everyMinutes,
          nextCheckAt: sql`least(${connectionWatches.nextCheckAt}, ${new Date(clock.now().getTime() + change.everyMinutes * 60_000).toISOString()}::timestamptz)`,
        }),
        ...(change.paused !== undefined && { paused: change.paused }),
        ...(change.paused === false && { nextCheckAt: clock.now() }),
        connectionId,
      }),

    requestCheck: (organizationId, connectionId) => update(ofConnection(organizationId, connectionId), { requestedAt: clock.now(), cursor: null }),

    setEventSecret: (organizationId, connectionId, hash) => update(ofConnection(organizationId, connectionId), { eventSecretHash: hash, eventSecretSetAt: clock.now() }),

    async eventSecretOf(connectionId) {
      const [row] = await database
        .select({ organizationId: connectionWatches.organizationId, hash: connectionWatches.eventSecretHash })
        .from(connectionWatches)
        .where(eq(connectionWatches.connectionId, isId(connectionId) ? connectionId : ''));
      return row === undefined || row.hash === null ? undefined : { organizationId: row.organizationId, hash: row.hash };
    },

    async receiveEvent(organizationId, connectionId, event) {
      const receivedAt = clock.now();
      const dueAt = new Date(receivedAt.getTime() + eventsSettleMs);
      return await database.transaction(async (transaction) => {
        const [watch] = await transaction
          .select({ connectionId: connectionWatches.connectionId })
          .from(connectionWatches)
          .where(ofConnection(organizationId, connectionId))
          .for('update');
        if (watch === undefined) return false;
        const written = await transaction
          .insert(registryEvents)
          .values({ ...event, organizationId, connectionId, receivedAt, handled: false })
          .onConflictDoNothing()
          .returning({ eventId: registryEvents.eventId });
        if (written.length === 0) return false;
        await transaction
          .update(connectionWatches)
          .set({ lastEventAt: receivedAt, eventsDueAt: sql`coalesce(${connectionWatches.eventsDueAt}, ${dueAt.toISOString()}::timestamptz)` })
          .where(eq(connectionWatches.connectionId, connectionId));
        return true;
      });
    },

    async countEvents(organizationId, connectionId, since) {
      const [row] = await database
        .select({ count: count() })
        .from(registryEvents)
        .where(and(eq(registryEvents.organizationId, organizationId), eq(registryEvents.connectionId, isId(connectionId) ? connectionId : ''), gte(registryEvents.receivedAt, since)));
      return row?.count ?? 0;
    },

    async ensureAll() {
      const missing = await database
        .select({ id: connections.id, organizationId: connections.organizationId })
        .from(connections)
        .leftJoin(connectionWatches, eq(connectionWatches.connectionId, connections.id))
        .where(isNull(connectionWatches.connectionId));
      for (const { id, organizationId } of missing) await createWatch(database, organizationId, id, clock.now());
    },

    async nextDueAt() {
      const [row] = await database
        .select({ dueAt: connectionWatches.dueAt, leaseUntil: connectionWatches.leaseUntil })
        .from(connectionWatches)
        .where(isNotNull(connectionWatches.dueAt))
        .orderBy(sql`greatest(${connectionWatches.dueAt}, ${connectionWatches.leaseUntil})`)
        .limit(1);
      if (row === undefined || row.dueAt === null) return undefined;
      return row.leaseUntil !== null && row.leaseUntil > row.dueAt ? row.leaseUntil : row.dueAt;
    },

    async claim(holder, leaseMs) {
      const now = clock.now();
      return await database.transaction(async (transaction) => {
        const [row] = await transaction
          .select()
          .from(connectionWatches)
          .where(and(lte(connectionWatches.dueAt, now), or(isNull(connectionWatches.leaseUntil), lte(connectionWatches.leaseUntil, now))))
          .orderBy(asc(connectionWatches.dueAt), asc(connectionWatches.connectionId))
          .limit(1)
          .for('update', { skipLocked: true });
        if (row === undefined) return undefined;
        await transaction
          .update(connectionWatches)
          .set({ leaseHolder: holder, leaseUntil: new Date(now.getTime() + leaseMs) })
          .where(eq(connectionWatches.connectionId, row.connectionId));
        return await claimedWatch(transaction, row, now);
      });
    },

    async renew(connectionId, holder, leaseMs) {
      const until = new Date(clock.now().getTime() + leaseMs);
      return (await update(held(connectionId, holder), { leaseUntil: until })) !== undefined;
    },

    async finish(connectionId, holder, { claimed, check, nextCheckAt, cursor, eventsLeft }) {
      await database.transaction(async (transaction) => {
        const whole = claimed.trigger !== 'event';
        const [row] = await transaction
          .update(connectionWatches)
          .set({
            leaseHolder: null,
            leaseUntil: null,
            ...(whole && { nextCheckAt, cursor: cursor ?? null, lastCheck: check }),
            // Asked for again meanwhile: that check is still to come.
            requestedAt: sql`case when ${connectionWatches.requestedAt} <= ${claimed.claimedAt.toISOString()}::timestamptz then null else ${connectionWatches.requestedAt} end`,
          })
          .where(held(connectionId, holder))
          .returning({ connectionId: connectionWatches.connectionId });
        if (row === undefined) return;
        const handled = claimed.eventRepositories.filter((repository) => !eventsLeft.includes(repository));
        await transaction
          .update(registryEvents)
          .set({ handled: true })
          .where(and(eq(registryEvents.connectionId, connectionId), eq(registryEvents.handled, false), lte(registryEvents.receivedAt, claimed.claimedAt), inArray(registryEvents.repository, handled)));
        // What was not handled, or came meanwhile, waits a little.
        const [left] = await transaction
          .select({ count: count() })
          .from(registryEvents)
          .where(and(eq(registryEvents.connectionId, connectionId), eq(registryEvents.handled, false)));
        const delay = eventsLeft.length === 0 ? eventsSettleMs : eventsRetryMs;
        const eventsDueAt = (left?.count ?? 0) > 0 ? new Date(clock.now().getTime() + delay) : null;
        await transaction.update(connectionWatches).set({ eventsDueAt }).where(eq(connectionWatches.connectionId, connectionId));
      });
    },

    async release(connectionId, holder) {
      await update(held(connectionId, holder), { leaseHolder: null, leaseUntil: null });
    },

    async deleteEventsBefore(moment) {
      const removed = await database.delete(registryEvents).where(lt(registryEvents.receivedAt, moment)).returning({ eventId: registryEvents.eventId });
      return removed.length;
    },
  };
}

/** The row of a new connection; its first check is due now. */
export async function createWatch(executor: Executor, organizationId: string, connectionId: string, now: Date): Promise<void> {
  await executor
    .insert(connectionWatches)
    .values({ organizationId, connectionId, everyMinutes: defaultEveryMinutes, paused: false, nextCheckAt: now })
    .onConflictDoNothing();
}

async function claimedWatch(executor: Executor, row: typeof connectionWatches.$inferSelect, now: Date): Promise<ClaimedWatch> {
  const events = await executor
    .select({ repository: registryEvents.repository })
    .from(registryEvents)
    .where(and(eq(registryEvents.connectionId, row.connectionId), eq(registryEvents.handled, false), lte(registryEvents.receivedAt, now)))
    .groupBy(registryEvents.repository)
    .orderBy(asc(registryEvents.repository))
    .limit(1000);
  const { connectionId, organizationId, everyMinutes, cursor } = row;
  return {
    connectionId,
    organizationId,
    everyMinutes,
    trigger: triggerOf(row, now),
    eventRepositories: events.map(({ repository }) => repository),
    claimedAt: now,
    ...(cursor !== null && { cursor }),
  };
}

/** A look at everything serves events too. */
function triggerOf({ requestedAt, nextCheckAt, paused }: typeof connectionWatches.$inferSelect, now: Date): CheckTrigger {
  if (requestedAt !== null && requestedAt <= now) return 'user';
  return !paused && nextCheckAt <= now ? 'schedule' : 'event';
}

function toWatch(row: typeof connectionWatches.$inferSelect): WatchRecord {
  return withoutNulls(withoutColumns(row, 'requestedAt', 'eventsDueAt', 'dueAt', 'leaseHolder', 'cursor', 'eventSecretHash'));
}
