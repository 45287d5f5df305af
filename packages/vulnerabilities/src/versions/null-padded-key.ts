/**
 * One position of a version in a scheme where a missing position equals an explicit zero (Maven, RubyGems).
 * `below` sorts before the missing position, `above` after it, each by its own text. A `null` with a key stands among the
 * `above` ones by that key when something above follows it, which is how Maven tells 2.0.1 from 2-1.
 */
export type PaddedElement = { readonly side: 'null'; readonly key?: string } | { readonly side: 'below' | 'above'; readonly key: string };

/** The position that equals a missing one. */
export const nullElement: PaddedElement = { side: 'null' };

/**
 * Sortable text for an endless sequence that is `null` from its last element on. A run of nulls is written together with
 * what follows it: the longer the run, the closer the version is to the one that ends there.
 */
export function nullPaddedKey(elements: readonly PaddedElement[]): string {
  let key = '';
  let run = 0;
  let runKeys: string | undefined = '';
  for (const element of elements) {
    if (element.side === 'null') {
      run += 1;
      runKeys = element.key === undefined || runKeys === undefined ? undefined : `${runKeys}\u0014${element.key}`;
      continue;
    }
    if (element.side === 'below') {
      key += run === 0 ? '\u0010' : `\u0011${String.fromCharCode(run)}`;
    } else if (runKeys === undefined) {
      key += `\u0013${String.fromCharCode(0xffff - run)}`;
    } else {
      key += `${runKeys}\u0014`;
    }
    key += element.key;
    run = 0;
    runKeys = '';
  }
  return `${key}\u0012`;
}
