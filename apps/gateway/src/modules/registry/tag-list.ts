const bytesOfTag = 40;

/** The tags of a repository by name, in the order in which they came. */
export class TagList {
  readonly #names: string[] = [];
  #characters = 0;

  get length(): number {
    return this.#names.length;
  }

  get bytes(): number {
    return 1024 + this.#names.length * bytesOfTag + this.#characters;
  }

  add(page: readonly string[]): void {
    for (const name of page) {
      this.#names.push(name);
      this.#characters += name.length;
    }
  }

  /** Those that hold a text, whatever its case: highest first, numbers compared as numbers. */
  find(search: string): readonly string[] {
    const wanted = search.toLowerCase();
    return this.#names.filter((name) => name.toLowerCase().includes(wanted)).sort((left, right) => right.localeCompare(left, 'en', { numeric: true }));
  }
}
