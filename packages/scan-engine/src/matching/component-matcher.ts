import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { ScanEngineError } from '../errors.js';
import type { AdvisoryChanges } from './changes-since.js';
import type { ComponentToJudge, JudgedComponent } from './judge-components.js';
import type { KnownExploitation, MatchOutcome } from './match-outcome.js';
import type { ImageSupport } from './support-at-hand.js';
import type { AdvisoryFolders, FromMatcher, HeldAdvisories, ImageToMatch, MatchingTaskName, MatchingTasks } from './matching-protocol.js';

/** Holds images against the advisories of a folder, on a thread of its own. Dispose it to end the thread. */
export interface ComponentMatcher extends AsyncDisposable {
  /** Always the newest generation of the folder. @throws ScanEngineError `matcher-ended` */
  match(input: ImageToMatch): Promise<MatchOutcome>;
  /** Which advisories are at hand; undefined when there are none that can be used. */
  held(): Promise<HeldAdvisories | undefined>;
  /** What changed since a revision that was held before; undefined when that cannot be told. */
  changesSince(revision: string): Promise<AdvisoryChanges | undefined>;
  /** Judges components, in the order given; undefined when what changed since a revision can be told no longer, because there are newer advisories. */
  judge(components: readonly ComponentToJudge[], since: string): Promise<readonly JudgedComponent[] | undefined>;
  /** What is known of the exploitation of vulnerabilities, in the order given; without those of which `since` knew the same, where that is still there. */
  exploitation(vulnerabilities: readonly string[], since?: string): Promise<readonly KnownExploitation[]>;
  /** Package URLs without version, in lower case, of components that may be releases of a product whose support is known. */
  supportedPackages(): Promise<readonly string[]>;
  /** The notices on ends of support that a match would write on a day (`YYYY-MM-DD`), of each image in the order given. */
  support(images: readonly ImageSupport[], today: string): Promise<readonly MatchOutcome['notices'][]>;
}

// The built entry, also when this file itself runs from source: a thread cannot start from TypeScript.
const entry = createRequire(import.meta.url).resolve('@esscm/scan-engine/matching-worker');

/** Old-space megabytes of the thread; an image of ten thousand components takes a tenth of it. */
const memoryLimitMb = 512;

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** The thread starts with the first task, and anew after it failed. */
export function createComponentMatcher(folders: AdvisoryFolders): ComponentMatcher {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let tasks = 0;
  let closed = false;

  const failAll = (error: Error): void => {
    for (const task of waiting.values()) task.reject(error);
    waiting.clear();
  };

  const start = (): Worker => {
    if (worker !== undefined) return worker;
    const started = new Worker(entry, { workerData: folders, resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb } });
    started.on('message', (reply: FromMatcher) => {
      const task = waiting.get(reply.task);
      waiting.delete(reply.task);
      if ('answer' in reply) task?.resolve(reply.answer);
      else task?.reject(new ScanEngineError('matcher-ended', `Matching failed: ${reply.failure}`));
      // Only work that is waited for keeps the process alive.
      if (waiting.size === 0) started.unref();
    });
    const ended = (cause?: unknown): void => {
      if (worker === started) worker = undefined;
      failAll(new ScanEngineError('matcher-ended', 'The thread that matches ended too early; it may have run out of memory.', { cause }));
    };
    started.on('error', ended);
    started.on('exit', () => ended());
    worker = started;
    return started;
  };

  const ask = <Name extends MatchingTaskName>(name: Name, request: MatchingTasks[Name]['request']): Promise<MatchingTasks[Name]['answer']> => {
    if (closed) return Promise.reject(new ScanEngineError('closed', 'The matcher was closed.'));
    const task = ++tasks;
    const thread = start();
    const answer = new Promise<unknown>((resolve, reject) => waiting.set(task, { resolve, reject }));
    thread.ref();
    thread.postMessage({ name, task, request });
    return answer as Promise<MatchingTasks[Name]['answer']>;
  };

  return {
    match: (input) => ask('match', input),
    held: () => ask('held', undefined),
    changesSince: (revision) => ask('changes', revision),
    judge: (components, since) => ask('judge', { components, since }),
    exploitation: (vulnerabilities, since) => ask('exploitation', { vulnerabilities, since }),
    supportedPackages: () => ask('supportedPackages', undefined),
    support: (images, today) => ask('support', { images, today }),
    async [Symbol.asyncDispose]() {
      closed = true;
      await worker?.terminate();
    },
  };
}
