import { isOperatingSystemPackage } from '../matchers/look-ups.js';
import type { MatchComponent, MatchDistribution } from '../matchers/match-input.js';

/** What findings were made of: the image, and everything in it. A catalogue of `@esscm/sbom` has the shape of all but `image`. */
export interface VexSubject {
  readonly image?: {
    /** Such as `public.ecr.aws/nginx/nginx`. */
    readonly name: string;
    readonly tag?: string;
    /** Every digest the image is known by: of its manifest and of the index it is in. */
    readonly digests: readonly string[];
  };
  readonly distribution?: MatchDistribution;
  readonly components: readonly MatchComponent[];
  /** Which component needs which; by id. */
  readonly relationships?: readonly { readonly from: string; readonly to: string }[];
}

/** Answers which components of a subject hold another one: the package that owns its files, what depends on it, what shares its file. */
export class Containment {
  readonly #components: ReadonlyMap<string, MatchComponent>;
  readonly #byPath: ReadonlyMap<string, readonly MatchComponent[]>;
  readonly #dependants: ReadonlyMap<string, readonly string[]>;
  readonly #holders = new Map<string, readonly MatchComponent[]>();

  constructor(subject: VexSubject) {
    this.#components = new Map(subject.components.map((component) => [component.id, component]));
    // The modules of a program have its path. Packages of the system share the path of their database, which says nothing.
    const paths = subject.components.filter((component) => !isOperatingSystemPackage(component)).flatMap((component) => component.locations.map((location) => [location.path, component] as const));
    this.#byPath = new Map([...Map.groupBy(paths, ([path]) => path)].map(([path, entries]) => [path, entries.map(([, component]) => component)]));
    this.#dependants = new Map([...Map.groupBy(subject.relationships ?? [], (one) => one.to)].map(([to, entries]) => [to, entries.map((entry) => entry.from)]));
  }

  component(id: string): MatchComponent | undefined {
    return this.#components.get(id);
  }

  /** Without the component itself. */
  holdersOf(id: string): readonly MatchComponent[] {
    let holders = this.#holders.get(id);
    if (holders === undefined) this.#holders.set(id, (holders = this.#find(id)));
    return holders;
  }

  #find(id: string): MatchComponent[] {
    const found = new Set<string>();
    const component = this.#components.get(id);
    for (const { path } of component?.locations ?? []) {
      for (const around of archivePaths(path)) for (const neighbour of this.#byPath.get(around) ?? []) found.add(neighbour.id);
    }
    const walk = [id, component?.ownedBy].filter((start) => start !== undefined);
    const visited = new Set(walk);
    if (component?.ownedBy !== undefined) found.add(component.ownedBy);
    for (let at = walk.pop(); at !== undefined; at = walk.pop()) {
      for (const dependant of this.#dependants.get(at) ?? []) {
        found.add(dependant);
        if (!visited.has(dependant)) walk.push(dependant);
        visited.add(dependant);
      }
    }
    found.delete(id);
    return [...found].flatMap((holder) => this.#components.get(holder) ?? []);
  }
}

/** `/app.jar` and `/app.jar!/lib/a.jar` of `/app.jar!/lib/a.jar`: an archive holds what is inside it. */
function archivePaths(path: string): string[] {
  const parts = path.split('!/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('!/'));
}
