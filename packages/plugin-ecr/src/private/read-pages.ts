import { RegistryError } from '@esscm/registry-core';
import type { ListOptions } from '@esscm/registry-core';
import { headings } from '../errors/headings.js';

interface Page {
  readonly nextToken?: string | undefined;
  /** As the SDK adds it to every answer; attempts after the first were refused for their rate, or failed upstream. */
  readonly $metadata: { readonly attempts?: number };
}

/**
 * Asks for page after page, one for each time the reader comes back. Goes by the token alone: a page may be empty and
 * have a next one.
 * @throws RegistryError of kind `protocol` when the same token is given twice in a row, which would never end
 */
export async function* readPages<P extends Page>(
  ask: (nextToken: string | undefined) => Promise<P>,
  { signal, meter }: ListOptions,
): AsyncGenerator<P, void, undefined> {
  let nextToken: string | undefined;
  do {
    if (signal.aborted) throw cancelled(signal.reason);
    await meter?.turn(signal).catch((error: unknown) => {
      throw signal.aborted ? cancelled(signal.reason) : error;
    });
    const page = await ask(nextToken).catch((error: unknown) => {
      meter?.made(1);
      throw error;
    });
    meter?.made(page.$metadata.attempts ?? 1);
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

function cancelled(cause: unknown): RegistryError {
  return new RegistryError({ kind: 'cancelled', heading: headings.cancelled, message: 'The request was cancelled.', cause });
}
