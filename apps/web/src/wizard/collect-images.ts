import type { ListProblem, RegistryImageItem, RepositoryItem } from '../registry/registry-lists.js';
import type { PageAnswer } from '../registry/use-pages.js';
import type { ChosenImage } from './chosen-image.js';
import { choose, isScannable, type ChoiceMode } from './selection.js';

/** More than this by hand is a mistake more often than a wish. */
export const collectLimit = 2_000;

export interface Collected {
  readonly chosen: readonly ChosenImage[];
  /** Images of each repository that was listed to its end. */
  readonly totals: ReadonlyMap<string, number>;
  /** Why something is missing. */
  readonly notice: string | undefined;
}

/** Every image of whole repositories that can be scanned, page by page, up to the limit or until the signal. */
export async function collectImages(
  repositories: readonly RepositoryItem[],
  mode: ChoiceMode,
  signal: AbortSignal,
  list: (repository: string, after: string | undefined) => Promise<PageAnswer<RegistryImageItem, ListProblem>>,
): Promise<Collected> {
  const chosen: ChosenImage[] = [];
  const totals = new Map<string, number>();
  for (const repository of repositories) {
    let after: string | undefined;
    do {
      if (signal.aborted) return { chosen, totals, notice: undefined };
      const page = await list(repository.name, after);
      if ('problem' in page) return { chosen, totals, notice: `Images of ${repository.name} could not be listed: ${page.problem.message}` };
      totals.set(repository.name, page.totalCount);
      chosen.push(...page.items.filter(isScannable).map((image) => choose(repository, image, mode)));
      if (chosen.length >= collectLimit) {
        return { chosen: chosen.slice(0, collectLimit), totals, notice: `Stopped at ${collectLimit.toLocaleString('en-GB')} images. Connect the rest in a second connection.` };
      }
      after = page.endCursor;
    } while (after !== undefined);
  }
  return { chosen, totals, notice: undefined };
}
