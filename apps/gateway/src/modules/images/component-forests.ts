import type { Store } from '@esscm/store';
import { z } from 'zod';
import { componentForest, type ComponentForest } from './component-forest.js';

/** Some megabytes each for the largest images. */
const keptAtMost = 16;

/** Of a stored catalogue no more than a forest takes. */
const sourceSchema = z.object({
  components: z.array(z.object({ id: z.string(), name: z.string() })),
  relationships: z.array(z.object({ from: z.string(), to: z.string() })),
});

/** Forests of contents, those asked for last kept in memory: a content never changes. */
export class ComponentForests {
  readonly #contents: Pick<Store['contents'], 'readCatalogue'>;
  readonly #kept = new Map<string, Promise<ComponentForest | undefined>>();

  constructor(contents: Pick<Store['contents'], 'readCatalogue'>) {
    this.#contents = contents;
  }

  /** Of a content of the organisation; undefined where its catalogue cannot be read, or is not there any more. */
  of(organizationId: string, contentId: string): Promise<ComponentForest | undefined> {
    const key = `${organizationId} ${contentId}`;
    const known = this.#kept.get(key) ?? this.#read(organizationId, contentId);
    this.#kept.delete(key);
    this.#kept.set(key, known);
    known.catch(() => this.#kept.delete(key));
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > keptAtMost && oldest.done !== true) this.#kept.delete(oldest.value);
    return known;
  }

  async #read(organizationId: string, contentId: string): Promise<ComponentForest | undefined> {
    const catalogue = await this.#contents.readCatalogue(organizationId, contentId);
    const source = catalogue === undefined ? undefined : sourceSchema.safeParse(JSON.parse(catalogue));
    return source?.success === true ? componentForest(source.data) : undefined;
  }
}
