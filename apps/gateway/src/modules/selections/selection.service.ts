import { compileRule, namesOf } from '@esscm/selection';
import { NotFoundError, type SelectionRecord, type Store } from '@esscm/store';
import { listPage } from '../../graphql/list-page.js';
import type { PagingArguments } from '../../graphql/paging.js';
import { notFoundProblem, registryProblem, validationProblem } from '../../graphql/problems.js';
import type { NotFoundProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import type { RegistryLists } from '../registry/registry-lists.js';
import type { RegistrySource } from '../registry/registry-access.js';
import type { RegistrySourceInput } from '../registry/registry.input.js';
import type { BrowseProblem, RegistryService } from '../registry/registry.service.js';
import type { CheckBell } from '../watches/check-bell.js';
import { type FoundImage, PreviewRun } from './preview-run.js';
import { type ReadSelection, readSelections } from './read-selections.js';
import type { SelectionInput } from './selection.input.js';
import type { MatchedImage, SelectionPreview } from './selection.type.js';

interface SelectionServiceOptions {
  readonly store: Pick<Store, 'selections'>;
  readonly registry: Pick<RegistryService, 'browse'>;
  readonly lists: RegistryLists;
  readonly bell: CheckBell;
  readonly now: () => Date;
}

const patienceMs = 1000;
const maximumRuns = 20;

/** Rules of connections: what they would match, and storing them. */
export class SelectionService {
  readonly #options: SelectionServiceOptions;
  /** In the order of last use. */
  readonly #runs = new Map<string, PreviewRun>();

  constructor(options: SelectionServiceOptions) {
    this.#options = options;
  }

  /** Counts on between calls: the same rules are counted once. */
  async preview(context: RequestContext, sourceInput: RegistrySourceInput, inputs: readonly SelectionInput[], paging: PagingArguments): Promise<SelectionPreview | BrowseProblem> {
    const { selections, issues } = readSelections(inputs);
    if (issues.length > 0) return validationProblem(context, issues);
    return this.#options.registry.browse(context, sourceInput, async (source) => {
      const { listedAt } = await this.#options.lists.repositories(source, { refresh: false, signal: context.signal });
      const run = this.#runOf(source, selections, listedAt);
      await run.ready(patienceMs);
      if (run.failure !== undefined) throw run.failure;
      const { complete, imageCount, sizeBytes, repositoryCount, repositoriesRead, problem } = run;
      const page = listPage(run.images, paging, ({ repository, tag, rule }) => `${repository}:${tag} ${rule}`);
      return {
        complete,
        imageCount,
        sizeBytes,
        repositoryCount,
        repositoriesRead,
        pageInfo: page.pageInfo,
        edges: page.edges.map(({ cursor, node }) => ({ cursor, node: matchedImage(node, selections) })),
        problem: problem === undefined ? undefined : registryProblem(context, problem),
      };
    });
  }

  async replace(context: RequestContext, connectionId: string, inputs: readonly SelectionInput[]): Promise<readonly SelectionRecord[] | NotFoundProblem | ValidationProblem> {
    const { organization, userId } = requireRequester(context);
    const { selections, issues } = readSelections(inputs);
    if (issues.length > 0) return validationProblem(context, issues);
    try {
      const stored = await this.#options.store.selections.replace(organization.id, connectionId, selections, userId);
      await this.#options.bell.ring();
      return stored;
    } catch (error) {
      if (error instanceof NotFoundError) return notFoundProblem(context, 'connection');
      throw error;
    }
  }

  /** Stops counting. */
  close(): void {
    for (const run of this.#runs.values()) run.stop();
    this.#runs.clear();
  }

  /** The run that counts these rules over the list of that time. A source has one: earlier rules are not counted on. */
  #runOf(source: RegistrySource, selections: readonly ReadSelection[], listedAt: Date): PreviewRun {
    const { lists, now } = this.#options;
    const prefix = `${source.record.id} `;
    const key = `${prefix}${listedAt.getTime()} ${JSON.stringify(selections.map(({ rule }) => rule))}`;
    const known = this.#runs.get(key);
    if (known !== undefined) return known;
    for (const [other, run] of this.#runs) {
      if (!other.startsWith(prefix)) continue;
      run.stop();
      this.#runs.delete(other);
    }
    const run = new PreviewRun({ source, lists, now: now(), rules: selections.map(({ rule }) => compileRule(rule)) });
    this.#runs.set(key, run);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > maximumRuns && oldest !== undefined) {
      this.#runs.get(oldest)?.stop();
      this.#runs.delete(oldest);
    }
    return run;
  }
}

function matchedImage({ repository, uri, tag, rule, image }: FoundImage, selections: readonly ReadSelection[]): MatchedImage {
  const { digest, sizeBytes, pushedAt } = image;
  const naming = selections[rule]?.naming ?? { project: '{repository}', version: '{tag}' };
  const names = namesOf(naming, { repository, tag, digest, ...(pushedAt !== undefined && { pushedAt }) });
  return { reference: `${uri}:${tag}`, repository, tag, digest, sizeBytes, pushedAt, selection: rule, ...names };
}
