/** How long after its cancellation a job may still turn up, in milliseconds. */
const REMEMBERED_MS = 30_000;

/**
 * Cancellations that found no running job. One that arrives while a worker is just taking the job would be lost otherwise: the
 * job is no longer in the queue and not yet running.
 */
export class RecentCancellations {
  readonly #cancelledAt = new Map<string, number>();

  /** `cancelledAt` in milliseconds since 1970. */
  remember(scanId: string, cancelledAt: number): void {
    for (const [id, at] of this.#cancelledAt) if (at < cancelledAt - REMEMBERED_MS) this.#cancelledAt.delete(id);
    this.#cancelledAt.set(scanId, cancelledAt);
  }

  /** True when the scan was cancelled after it was added at `addedAt`; one added again afterwards is not concerned. */
  covers(scanId: string, addedAt: number): boolean {
    const cancelledAt = this.#cancelledAt.get(scanId);
    return cancelledAt !== undefined && addedAt <= cancelledAt;
  }
}
