import type { Report } from './report.js';

/** Longer chains are not followed. */
const maximumDepth = 64;

/** Answers through which components something came in: ids from one nothing depends on down to the component. */
export class DependencyPaths {
  readonly #dependants: ReadonlyMap<string, readonly string[]>;

  constructor(report: Report) {
    const dependencies = (report.relationships ?? []).filter((each) => each.kind === undefined || each.kind === 'depends-on');
    this.#dependants = new Map([...Map.groupBy(dependencies, (each) => each.to)].map(([to, each]) => [to, each.map((one) => one.from).toSorted()]));
  }

  /** A shortest path, the component included; only the component when nothing depends on it. */
  to(id: string): string[] {
    const next = new Map<string, string | undefined>([[id, undefined]]);
    let level = [id];
    for (let depth = 0; depth < maximumDepth; depth += 1) {
      const root = level.find((each) => !this.#dependants.has(each));
      if (root !== undefined || level.length === 0) return follow(root ?? id, next);
      const above: string[] = [];
      for (const each of level) {
        for (const dependant of this.#dependants.get(each) ?? []) {
          if (next.has(dependant)) continue;
          next.set(dependant, each);
          above.push(dependant);
        }
      }
      level = above;
    }
    return [id];
  }
}

function follow(from: string, next: ReadonlyMap<string, string | undefined>): string[] {
  const path: string[] = [];
  for (let at: string | undefined = from; at !== undefined; at = next.get(at)) path.push(at);
  return path;
}
