import type { ListenStatement } from './listen-statements.js';
import type { Notification, SessionTag } from './read-reply.js';

/** A connection that can be handed notifications. */
export interface NotificationTarget {
  readonly id: number;
  send(bytes: Uint8Array): void;
}

const EVERY_CHANNEL = Symbol('every channel');
type Channel = string | typeof EVERY_CHANNEL;
type Change = { readonly listen: boolean; readonly channel: Channel };

/**
 * Who listens to what. To the engine all connections are one session, so one UNLISTEN would silence everybody; this
 * remembers the connections apart and says which channels the session has to listen to again.
 */
export class NotificationRegistry {
  readonly #channels = new Map<Channel, Set<NotificationTarget>>();
  /** Changes inside an open transaction, which count only once it commits. */
  #uncommitted: Change[] = [];

  /**
   * Takes over what one batch of `target` did: `tags` are the engine's, `statements` what the text said. `committed` is true
   * when the batch left no transaction open. Answers the channels to LISTEN to again.
   */
  record(
    target: NotificationTarget,
    statements: readonly ListenStatement[],
    tags: readonly SessionTag[],
    committed: boolean,
  ): string[] {
    const ran = tags.filter((tag) => tag === 'LISTEN' || tag === 'UNLISTEN');
    // Without a text for each tag the channel is unknown: too many notifications are harmless, a missing one is not.
    const changes: readonly Change[] =
      ran.length === statements.length ? statements : ran.map((tag) => ({ listen: tag === 'LISTEN', channel: EVERY_CHANNEL }));
    const silenced = new Set<string>();
    let next = 0;
    for (const tag of tags) {
      if (tag === 'LISTEN' || tag === 'UNLISTEN') {
        const change = changes[next];
        next += 1;
        if (change !== undefined) this.#uncommitted.push(change);
      } else if (tag === 'COMMIT') {
        this.#apply(target, silenced);
      } else if (committed) {
        this.#uncommitted = [];
      }
    }
    if (committed) this.#apply(target, silenced);
    return [...silenced].filter((channel) => this.#channels.has(channel));
  }

  /** Forgets a connection. Answers the channels nobody listens to any more. */
  remove(target: NotificationTarget): string[] {
    const unused: string[] = [];
    for (const [channel, targets] of this.#channels) {
      if (!targets.delete(target) || targets.size > 0) continue;
      this.#channels.delete(channel);
      if (typeof channel === 'string') unused.push(channel);
    }
    return unused;
  }

  /** The transaction that held uncommitted changes is gone. */
  discardUncommitted(): void {
    this.#uncommitted = [];
  }

  deliver(notifications: readonly Notification[]): void {
    for (const { channel, frame } of notifications) {
      const targets = new Set([...(this.#channels.get(channel) ?? []), ...(this.#channels.get(EVERY_CHANNEL) ?? [])]);
      for (const target of targets) target.send(frame);
    }
  }

  #apply(target: NotificationTarget, silenced: Set<string>): void {
    for (const { listen, channel } of this.#uncommitted) {
      if (listen) this.#targets(channel).add(target);
      else if (channel === '*' || channel === EVERY_CHANNEL) this.#unlistenAll(target, silenced);
      else this.#unlisten(target, channel, silenced);
    }
    this.#uncommitted = [];
  }

  #targets(channel: Channel): Set<NotificationTarget> {
    const targets = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, targets);
    return targets;
  }

  #unlistenAll(target: NotificationTarget, silenced: Set<string>): void {
    for (const channel of this.#channels.keys()) this.#unlisten(target, channel, silenced);
  }

  #unlisten(target: NotificationTarget, channel: Channel, silenced: Set<string>): void {
    const targets = this.#channels.get(channel);
    if (typeof channel === 'string') silenced.add(channel);
    if (targets?.delete(target) === true && targets.size === 0) this.#channels.delete(channel);
  }
}

/** The statement that makes the session listen to, or stop listening to, these channels. */
export function listenSql(command: 'LISTEN' | 'UNLISTEN', channels: readonly string[]): string {
  return channels.map((channel) => `${command} "${channel.replaceAll('"', '""')}"`).join('; ');
}
