import { mayBeExecutable } from './executable-path.js';
import type { Cataloguer } from './cataloguer.js';

/** Cataloguers to be asked for a path of some ending. */
interface Asked {
  /** Where the path may be a program's by its name. */
  readonly forProgram: readonly Cataloguer[];
  readonly forOther: readonly Cataloguer[];
}

/**
 * Tells which cataloguers are to be asked for a path. Most say by which names, endings or kinds of name their files are
 * told; a path of which none of them knows any costs two looks into a table.
 */
export class PathRouter {
  readonly #byName: ReadonlyMap<string, readonly Cataloguer[]>;
  readonly #byEnding: ReadonlyMap<string, Asked>;
  readonly #ofNoEnding: Asked;

  constructor(cataloguers: readonly Cataloguer[]) {
    const fitting = (ending: string, mayBeProgram: boolean): readonly Cataloguer[] =>
      cataloguers.filter(({ candidates }) => candidates === undefined || (mayBeProgram && candidates.programs === true) || candidates.endings?.includes(ending) === true);
    const asked = (ending: string): Asked => ({ forProgram: fitting(ending, true), forOther: fitting(ending, false) });
    this.#ofNoEnding = asked('');
    const endings = new Set(cataloguers.flatMap(({ candidates }) => candidates?.endings ?? []));
    this.#byEnding = new Map([...endings].map((ending) => [ending, asked(ending)]));
    const names = new Set(cataloguers.flatMap(({ candidates }) => candidates?.names ?? []));
    this.#byName = new Map([...names].map((name) => [name, cataloguers.filter(({ candidates }) => candidates?.names?.includes(name))]));
  }

  /** The cataloguers that want the file, by `wants` of those that may. */
  wantedBy(path: string, mode: number, sizeBytes: number): readonly Cataloguer[] {
    const slash = path.lastIndexOf('/');
    const dot = path.lastIndexOf('.');
    const { forProgram, forOther } = (dot > slash ? this.#byEnding.get(path.slice(dot + 1).toLowerCase()) : undefined) ?? this.#ofNoEnding;
    const wanting: Cataloguer[] = [];
    for (const cataloguer of mayBeExecutable(path) ? forProgram : forOther) {
      if (cataloguer.wants(path, mode, sizeBytes)) wanting.push(cataloguer);
    }
    for (const cataloguer of this.#byName.get(path.slice(slash + 1)) ?? []) {
      if (!wanting.includes(cataloguer) && cataloguer.wants(path, mode, sizeBytes)) wanting.push(cataloguer);
    }
    return wanting;
  }
}
