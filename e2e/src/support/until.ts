import { setTimeout as wait } from 'node:timers/promises';

/** Asks until the answer is there; fails with what was being waited for when it takes longer than a minute. */
export async function until<Answer>(what: string, ask: () => Promise<Answer | undefined>): Promise<Answer> {
  for (const started = Date.now(); Date.now() - started < 60_000; await wait(100)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error(`Waited a minute for ${what}.`);
}
