import { randomUUID } from 'node:crypto';
import { parseCatalogue, SbomError, type Catalogue } from '@esscm/sbom';
import { match, matcherVersion, type ComponentMatcher, type ComponentToJudge, type JudgedComponent } from '@esscm/scan-engine';
import { findingsDigest, StoreError, type AdvisoryRevision, type ComparedComponent, type ComparedGroup, type ComponentGroupChange, type ComponentGroupRecord, type StampedContent, type Store } from '@esscm/store';
import { ecosystemsConcerning, isEcosystem, type MatchDistribution } from '@esscm/vulnerabilities';
import type { Logger } from 'pino';
import { earlierFindings } from '../results/earlier-findings.js';
import { matchingResult } from '../results/matching-result.js';

export interface RematchDependencies {
  readonly store: Pick<Store, 'contents' | 'findings' | 'rematches' | 'leases'>;
  readonly matcher: Pick<ComponentMatcher, 'match' | 'held' | 'changesSince' | 'judge' | 'exploitation'>;
  readonly log: Logger;
}

/** What one pass did. */
export interface RematchReport {
  readonly contents: number;
  /** Of those, the ones whose catalogue was read. */
  readonly whole: number;
  readonly events: number;
}

const leaseName = 'rematch';
const leaseMs = 120_000;
/** Contents of one transaction: the embedded database answers nobody else meanwhile. */
const contentsPerBatch = 100;
const vulnerabilitiesPerBatch = 500;
/** Judged findings kept at most, some kilobytes each. */
const maximumKeptFindings = 10_000;
/** A quarter of a kilobyte each. */
const maximumKeptDigests = 50_000;

type Judgement = JudgedComponent & { readonly digest: string };
type Behind = Pick<Awaited<ReturnType<Store['rematches']['behind']>>[number], 'heldRevision' | 'matcherVersion'>;
type AdvisoryChanges = NonNullable<Awaited<ReturnType<ComponentMatcher['changesSince']>>>;

interface Batch {
  /** Id of the last content; undefined when there are no more. */
  readonly last: string | undefined;
  readonly whole: Awaited<ReturnType<Store['rematches']['next']>>;
  readonly touched: readonly StampedContent[];
  /** What of the touched contents asks for something that changed. */
  readonly groups: readonly ComponentGroupRecord[];
}

/**
 * Brings results up to the advisories at hand, from what is stored: nothing is pulled. Where a pass ended is told by the rows
 * themselves, so that one that was killed goes on with the next. One process at a time; undefined when another is at it.
 */
export async function rematch(dependencies: RematchDependencies, signal: AbortSignal): Promise<RematchReport | undefined> {
  const { store, matcher, log } = dependencies;
  const held = await matcher.held();
  if (held === undefined) return { contents: 0, whole: 0, events: 0 };
  const now: AdvisoryRevision = { revision: held.revision, matcherVersion, ...(held.advisoriesAt === undefined ? {} : { advisoriesAt: new Date(held.advisoriesAt) }) };
  const behind = await store.rematches.behind(now);
  if (behind.length === 0) return { contents: 0, whole: 0, events: 0 };
  const holder = randomUUID();
  if (!(await store.leases.take(leaseName, holder, leaseMs))) return undefined;
  try {
    const pass = new Pass(dependencies, now, () => store.leases.take(leaseName, holder, leaseMs), signal);
    // First: a pass that is killed after the last result was written would not be made again.
    await pass.refreshExploitation(onlyRevision(behind));
    for (const from of behind) await pass.bringUpToDate(from);
    log.info({ ...pass.report, revision: now.revision }, 'results are up to date with the advisories');
    return pass.report;
  } finally {
    await store.leases.release(leaseName, holder);
  }
}

class Pass {
  readonly #dependencies: RematchDependencies;
  readonly #now: AdvisoryRevision;
  readonly #renew: () => Promise<boolean>;
  readonly #signal: AbortSignal;
  /** By identity. */
  readonly #judgements = new Map<string, Judgement>();
  /** Of what groups have, by identity and state. */
  readonly #digests = new Map<string, string>();
  #keptFindings = 0;
  #report = { contents: 0, whole: 0, events: 0 };

  constructor(dependencies: RematchDependencies, now: AdvisoryRevision, renew: () => Promise<boolean>, signal: AbortSignal) {
    this.#dependencies = dependencies;
    this.#now = now;
    this.#renew = renew;
    this.#signal = signal;
  }

  get report(): RematchReport {
    return this.#report;
  }

  async bringUpToDate(from: Behind): Promise<void> {
    const { matcher } = this.#dependencies;
    const sameRules = from.matcherVersion === matcherVersion;
    const changes = sameRules && from.heldRevision !== undefined ? await matcher.changesSince(from.heldRevision) : undefined;
    // While one batch is written the next is read: on PostgreSQL each keeps a processor of its own busy.
    let upcoming = this.#begin(from, changes, '');
    try {
      for (;;) {
        await this.#goOn();
        const { last, whole, touched, groups } = await upcoming;
        if (last === undefined) return;
        upcoming = this.#begin(from, changes, last);
        for (const content of whole) await this.#matchWhole(content);
        await this.#matchTouched(touched, groups, from.heldRevision ?? '');
        this.#report = { ...this.#report, contents: this.#report.contents + whole.length + touched.length };
      }
    } finally {
      // Nothing is under way when the pass has ended, however it did.
      await upcoming.catch(() => undefined);
    }
  }

  /** A read whose failure is told where it is waited for, which may be later than it happens. */
  #begin(from: Behind, changes: AdvisoryChanges | undefined, after: string): Promise<Batch> {
    const batch = this.#read(from, changes, after);
    batch.catch(() => undefined);
    return batch;
  }

  /** The contents after another one, and what of those to be brought up to date by what changed asks for it. */
  async #read(from: Behind, changes: AdvisoryChanges | undefined, after: string): Promise<Batch> {
    const { rematches } = this.#dependencies.store;
    const { advisoriesAt } = this.#now;
    const batch = await rematches.next({ ...from, ...(advisoriesAt === undefined ? {} : { advisoriesAt }) }, changes?.ecosystems ?? [], after, contentsPerBatch);
    const isWhole = (content: (typeof batch)[number]): boolean => content.whole || changes === undefined || isConcerned(content.concernedBy, changes.ecosystems);
    const touched = batch.filter((content) => !isWhole(content));
    const groups = changes === undefined || touched.length === 0 ? [] : await rematches.groups(touched.map(({ contentId }) => contentId), changes.lookUps);
    return { last: batch.at(-1)?.contentId, whole: batch.filter(isWhole), touched, groups };
  }

  /** Sets KEV and EPSS of every finding to what is known now; `since` where every result that is behind was made with that. */
  async refreshExploitation(since: string | undefined): Promise<void> {
    const { store, matcher } = this.#dependencies;
    for (let after = ''; ; ) {
      await this.#goOn();
      const vulnerabilities = await store.rematches.vulnerabilities(after, vulnerabilitiesPerBatch);
      const last = vulnerabilities.at(-1);
      if (last === undefined) return;
      after = last;
      await store.rematches.setExploitation(await matcher.exploitation(vulnerabilities, since));
    }
  }

  /** @throws when the process is stopping, or another one has taken over */
  async #goOn(): Promise<void> {
    this.#signal.throwIfAborted();
    if (!(await this.#renew())) throw new Error('another process has taken over');
  }

  async #matchWhole({ organizationId, contentId, isSample }: { readonly organizationId: string; readonly contentId: string; readonly isSample: boolean }): Promise<void> {
    const { store, matcher } = this.#dependencies;
    this.#signal.throwIfAborted();
    const catalogue = await this.#readCatalogue(organizationId, contentId);
    if (catalogue === undefined) return await store.rematches.passOver(organizationId, contentId, this.#now);
    const outcome = await match(catalogue, matcher, { isSample, ...(await earlierFindings(store, organizationId, contentId)) });
    await store.findings.replace(organizationId, contentId, matchingResult(outcome, catalogue.distribution));
    this.#report = { ...this.#report, whole: this.#report.whole + 1 };
  }

  /** One catalogue that cannot be read keeps no other image from being matched. */
  async #readCatalogue(organizationId: string, contentId: string): Promise<Catalogue | undefined> {
    try {
      const serialised = await this.#dependencies.store.contents.readCatalogue(organizationId, contentId);
      return serialised === undefined ? undefined : parseCatalogue(serialised);
    } catch (error) {
      if (!(error instanceof StoreError) && !(error instanceof SbomError)) throw error;
      this.#dependencies.log.warn({ contentId, err: error }, 'a stored catalogue could not be matched again; scan its image again');
      return undefined;
    }
  }

  async #matchTouched(contents: readonly StampedContent[], groups: readonly ComponentGroupRecord[], since: string): Promise<void> {
    if (contents.length === 0) return;
    const { store } = this.#dependencies;
    // Newer advisories have come: these stay behind, and are matched whole when their turn comes again.
    if (!(await this.#judge(groups, since))) return;
    const changes = groups.flatMap((group): ComponentGroupChange[] => {
      const judged = this.#judgements.get(group.identity);
      return judged === undefined || (judged.digest === this.#digests.get(keyOf(group)) && judged.suppressedBy === 0) ? [] : [{ ...judged, places: group.places }];
    });
    const events = await store.rematches.write(contents, changes, this.#now);
    this.#report = { ...this.#report, events: this.#report.events + events };
  }

  /** False when what changed since a revision can be told no longer. */
  async #judge(groups: readonly ComponentGroupRecord[], since: string): Promise<boolean> {
    if (this.#keptFindings > maximumKeptFindings || this.#digests.size > maximumKeptDigests) this.#forget();
    const { store, matcher } = this.#dependencies;
    const unknown = groups.filter((group) => !this.#digests.has(keyOf(group)) || !this.#judgements.has(group.identity));
    if (unknown.length === 0) return true;
    const compared = await store.rematches.compared(unknown.flatMap(({ places: [first] }) => first ?? []));
    const toJudgeFirst = new Map<string, ComparedGroup>();
    for (const [index, group] of unknown.entries()) {
      const of = compared[index];
      if (of === undefined) continue;
      this.#digests.set(keyOf(group), of.digest);
      if (!this.#judgements.has(group.identity)) toJudgeFirst.set(group.identity, of);
    }
    const judged = await matcher.judge([...toJudgeFirst.values()].map(toJudge), since);
    if (judged === undefined) return false;
    for (const [index, identity] of [...toJudgeFirst.keys()].entries()) {
      const of = judged[index] ?? { findings: [], suppressedBy: 0, resolvedBecause: {} };
      this.#judgements.set(identity, { ...of, digest: findingsDigest(of.findings) });
      this.#keptFindings += of.findings.length;
    }
    return true;
  }

  #forget(): void {
    this.#judgements.clear();
    this.#digests.clear();
    this.#keptFindings = 0;
  }
}

/** Whether ecosystems that came or went change how an image is judged, though nothing it asks for changed. */
function isConcerned(image: { readonly packageTypes: readonly string[]; readonly distribution?: unknown } | undefined, changed: readonly string[]): boolean {
  if (image === undefined) return false;
  const concerning = ecosystemsConcerning(image.packageTypes, distributionOf(image));
  return changed.some((name) => concerning.some((pattern) => isEcosystem(pattern, name)));
}

/** As it was given to the store; undefined for none. */
function distributionOf(of: { readonly distribution?: unknown }): MatchDistribution | undefined {
  return of.distribution as MatchDistribution | undefined;
}

/** The revision all results that are behind were made with; undefined when there are several. */
function onlyRevision(behind: readonly { readonly heldRevision?: string }[]): string | undefined {
  const revisions = new Set(behind.flatMap(({ heldRevision }) => heldRevision ?? []));
  return revisions.size === 1 ? [...revisions][0] : undefined;
}

function keyOf({ identity, state }: ComponentGroupRecord): string {
  return `${identity} ${state}`;
}

function toJudge({ component, owner, ...group }: ComparedGroup): ComponentToJudge {
  const distribution = distributionOf(group);
  return {
    ...(distribution === undefined ? {} : { distribution }),
    component: { ...compared(component), ...(owner === undefined ? {} : { ownedBy: owner.id }) },
    ...(owner === undefined ? {} : { owner: compared(owner) }),
  };
}

function compared({ sourceName, sourceVersion, matchFacts, ...component }: ComparedComponent): ComponentToJudge['component'] {
  return {
    ...component,
    ...(matchFacts as { readonly architecture?: string } | undefined),
    locations: [],
    ...(sourceName === undefined ? {} : { source: { name: sourceName, version: sourceVersion ?? '' } }),
  };
}
