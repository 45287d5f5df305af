import type { ComponentMatcher, ImageSupport } from '@esscm/scan-engine';
import type { Store } from '@esscm/store';
import { operatingSystemTypes, supportNoticeCodes } from '@esscm/vulnerabilities';
import type { Logger } from 'pino';

export interface RefreshSupportDependencies {
  readonly store: Pick<Store, 'rematches'>;
  readonly matcher: Pick<ComponentMatcher, 'held' | 'supportedPackages' | 'support'>;
  readonly clock: { now(): Date };
  readonly log: Logger;
}

const contentsPerBatch = 200;

/**
 * Gives a function that brings the notices on ends of support of all stored results up to date: the passing of a day ends support
 * too, and dates change without an advisory. It does so once a day and when other dates have come, else nothing; any process may.
 * The function gives the number of results that changed; undefined when there was nothing to do.
 */
export function createSupportRefresh({ store, matcher, clock, log }: RefreshSupportDependencies): (signal: AbortSignal) => Promise<number | undefined> {
  let last: string | undefined;
  return async (signal) => {
    const held = await matcher.held();
    const today = clock.now().toISOString().slice(0, 10);
    const state = `${today} ${held?.supportRevision ?? ''}`;
    if (held === undefined || state === last) return undefined;
    const packages = await matcher.supportedPackages();
    let changed = 0;
    for (let after = ''; ; ) {
      signal.throwIfAborted();
      const facts = await store.rematches.supportFacts(packages, [...operatingSystemTypes], after, contentsPerBatch);
      after = facts.at(-1)?.contentId ?? '';
      if (after === '') break;
      // As the distribution was given to the store.
      const judged = await matcher.support(facts.map(({ distribution, packageCount, runtimes }) => ({ packageCount, runtimes, ...(distribution === undefined ? {} : { distribution: distribution as NonNullable<ImageSupport['distribution']> }) })), today);
      const now = facts.map(({ notices, ...content }, index) => ({ ...content, before: notices, notices: [...notices.filter(({ code }) => !supportNoticeCodes.has(code)), ...(judged[index] ?? [])] }));
      changed += await store.rematches.setNotices(now.filter(({ before, notices }) => textOf(before) !== textOf(notices)));
    }
    last = state;
    if (changed > 0) log.info({ results: changed, today }, 'notices on ends of support were brought up to date');
    return changed;
  };
}

function textOf(notices: readonly { readonly code: string; readonly message: string; readonly componentCount: number }[]): string {
  return JSON.stringify(notices.map(({ code, message, componentCount }) => [code, message, componentCount]));
}
