import type { DocumentComponent, SbomDocument } from '../documents/sbom-document.js';

/** A set of minimum elements that documents are judged by. */
export interface Profile {
  readonly id: string;
  readonly title: string;
  /** The text the rules are from, with its version and date. */
  readonly source: string;
  readonly rules: readonly ProfileRule[];
}

export interface ProfileRule {
  readonly id: string;
  readonly title: string;
  /** Where in the source it stands. */
  readonly section: string;
  /** `where-it-exists`: demanded only of what has it, which a document cannot tell; shown, and not counted in the score. */
  readonly level: 'required' | 'where-it-exists';
  readonly holds: { readonly document: (document: SbomDocument) => boolean } | { readonly component: (component: DocumentComponent, document: SbomDocument) => boolean };
}

/** How a document fares by a profile. */
export interface ProfileResult {
  readonly profile: Pick<Profile, 'id' | 'title' | 'source'>;
  /** From 0 to 10, one decimal, rounded down: the mean share of the required rules; 10 only when nothing is missing. */
  readonly score: number;
  readonly rules: readonly RuleResult[];
}

export interface RuleResult extends Pick<ProfileRule, 'id' | 'title' | 'section' | 'level'> {
  /** Of `total` components, or 0 or 1 of 1 for a rule about the document. */
  readonly satisfied: number;
  readonly total: number;
  /** The first components that lack it, named with their versions. */
  readonly missing: readonly string[];
}

const namedPerRule = 10;

/** Holds a document against a profile. Files and the operating system's own entry are no components here. */
export function judge(document: SbomDocument, { id, title, source, rules }: Profile): ProfileResult {
  const components = document.components.filter(({ type }) => type !== 'file' && type !== 'operating-system');
  const results = rules.map((rule): RuleResult => {
    const told = { id: rule.id, title: rule.title, section: rule.section, level: rule.level };
    if ('document' in rule.holds) return { ...told, satisfied: rule.holds.document(document) ? 1 : 0, total: 1, missing: [] };
    const { component: holds } = rule.holds;
    const missing = components.filter((component) => !holds(component, document));
    return { ...told, satisfied: components.length - missing.length, total: components.length, missing: missing.slice(0, namedPerRule).map(({ name, version }) => (version === undefined ? name : `${name} ${version}`)) };
  });
  const counted = results.filter(({ level }) => level === 'required').map(({ satisfied, total }) => (total === 0 ? 1 : satisfied / total));
  const mean = counted.reduce((sum, share) => sum + share, 0) / counted.length;
  return { profile: { id, title, source }, score: Math.floor(mean * 100) / 10, rules: results };
}
