import { RegistryError } from '@esscm/registry-core';
import { headings } from '../errors/headings.js';

interface Page {
  readonly nextToken?: string | undefined;
}

/**
 * Asks for page after page, one for each time the reader comes back. Goes by the token alone: a page may be empty and
 * have a next one.
 * @throws RegistryError of kind `protocol` when the same token is given twice in a row, which would never end
 */
export async function* readPages<P extends Page>(
  ask: (nextToken: string | undefined) => Promise<P>,
  signal: AbortSignal,
): AsyncGenerator<P, void, undefined> {
  let nextToken: string | undefined;
  do {
    if (signal.aborted) {
      throw new RegistryError({
        kind: 'cancelled',
        heading: headings.cancelled,
        message: 'The request was cancelled.',
        cause: signal.reason,
      });
    }
    const page = await ask(nextToken);
    yield page;
    if (page.nextToken !== undefined && page.nextToken === nextToken) {
      throw new RegistryError({
        kind: 'protocol',
        heading: headings.unexpected,
        message: 'AWS gave the same page again and again.',
        remedy: 'Try again later.',
      });
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
}
