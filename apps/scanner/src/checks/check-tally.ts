import type { RegistryError } from '@esscm/registry-core';
import type { CheckRecord } from '@esscm/store';

/** What a check has found so far. */
export class CheckTally {
  added = 0;
  moved = 0;
  gone = 0;
  back = 0;
  released = 0;
  repositoriesChecked = 0;
  repositoriesLeft = 0;
  #problem: CheckRecord['problem'];

  get problem(): CheckRecord['problem'] {
    return this.#problem;
  }

  /** Keeps the first problem: the later ones mostly follow from it. */
  note({ heading, message, remedy }: Pick<RegistryError, 'heading' | 'message'> & { readonly remedy?: string | undefined }): void {
    this.#problem ??= { heading, message, ...(remedy !== undefined && { remedy }) };
  }

  count(changes: { readonly [Part in 'moved' | 'gone' | 'back' | 'released']: readonly unknown[] }, added: number): void {
    this.added += added;
    this.moved += changes.moved.length;
    this.gone += changes.gone.length;
    this.back += changes.back.length;
    this.released += changes.released.length;
    this.repositoriesChecked += 1;
  }
}
