import { ecosystems, type Ecosystem } from '../catalogue.js';

/** The ecosystem that the type of a package URL names; `generic` for types no cataloguer has. */
export function ecosystemOf(packageUrl: string): Ecosystem {
  const type = /^pkg:\/*([a-zA-Z0-9.+-]+)\//.exec(packageUrl)?.[1]?.toLowerCase();
  return ecosystems.find((known) => known === type) ?? 'generic';
}
