import type { PlatformChoiceInput, SelectionFieldsFragment, SelectionInput } from '../gql/graphql.js';
import { randomIdentifier } from '../random-identifier.js';

/** A rule as it is typed: an empty text is a condition that is not made. */
export interface RuleDraft {
  /** Of the browser, to tell rules apart while they are edited. */
  readonly key: string;
  /** Of a rule that is stored. */
  readonly id?: string;
  readonly repository: string;
  readonly tag: string;
  readonly excludeTag: string;
  /** Patterns are regular expressions instead of globs. */
  readonly regex: boolean;
  readonly versionRange: string;
  readonly latest: string;
  readonly latestBy: 'PUSH' | 'VERSION';
  readonly newerThanDays: string;
  readonly pulledWithinDays: string;
}

/** Names by template, for all rules of a connection. */
export interface NamingDraft {
  readonly project: string;
  readonly version: string;
}

/** Which platforms of images that are for several. */
export interface PlatformDraft {
  readonly choice: 'default' | 'all' | 'list';
  /** For `list`, as typed: `linux/amd64, linux/arm64`. */
  readonly list: string;
}

export const defaultNaming: NamingDraft = { project: '{repository}', version: '{tag}' };
export const defaultPlatforms: PlatformDraft = { choice: 'default', list: '' };

/** A rule that wants every tagged image. */
export function emptyRule(): RuleDraft {
  return { key: randomIdentifier(), repository: '**', tag: '', excludeTag: '', regex: false, versionRange: '', latest: '', latestBy: 'PUSH', newerThanDays: '', pulledWithinDays: '' };
}

/** The rule as the API takes it. A number that is none is sent as 0, which the API refuses in words. */
export function toSelectionInput(draft: RuleDraft, naming: NamingDraft, platforms: PlatformDraft): SelectionInput {
  const kind = draft.regex ? ('REGEX' as const) : ('GLOB' as const);
  const pattern = (text: string) => ({ kind, text: text.trim() });
  return {
    ...(draft.id === undefined ? {} : { id: draft.id }),
    rule: {
      repository: pattern(draft.repository),
      ...(draft.tag.trim() === '' ? {} : { tag: pattern(draft.tag) }),
      ...(draft.excludeTag.trim() === '' ? {} : { excludeTag: pattern(draft.excludeTag) }),
      ...(draft.versionRange.trim() === '' ? {} : { versionRange: draft.versionRange.trim() }),
      ...(draft.latest.trim() === '' ? {} : { latest: { count: wholeNumber(draft.latest), by: draft.latestBy } }),
      ...(draft.newerThanDays.trim() === '' ? {} : { newerThanDays: wholeNumber(draft.newerThanDays) }),
      ...(draft.pulledWithinDays.trim() === '' ? {} : { pulledWithinDays: wholeNumber(draft.pulledWithinDays) }),
    },
    naming,
    platforms: toPlatformInput(platforms),
  };
}

type StoredRule = NonNullable<SelectionFieldsFragment['rule']>;

/** A stored rule, to be edited. */
export function fromSelection(id: string, rule: StoredRule): RuleDraft {
  return {
    key: id,
    id,
    repository: rule.repository.text,
    tag: rule.tag?.text ?? '',
    excludeTag: rule.excludeTag?.text ?? '',
    regex: [rule.repository, rule.tag, rule.excludeTag].some((pattern) => pattern?.kind === 'REGEX'),
    versionRange: rule.versionRange ?? '',
    latest: rule.latest == null ? '' : String(rule.latest.count),
    latestBy: rule.latest?.by ?? 'PUSH',
    newerThanDays: rule.newerThanDays == null ? '' : String(rule.newerThanDays),
    pulledWithinDays: rule.pulledWithinDays == null ? '' : String(rule.pulledWithinDays),
  };
}

/** Platforms as the API takes them. */
export function toPlatformInput({ choice, list }: PlatformDraft): PlatformChoiceInput {
  return choice === 'list' ? { all: false, list: platformList(list) } : { all: choice === 'all' };
}

/** The platforms of a typed list. */
export function platformList(text: string): string[] {
  return text.split(/[\s,]+/).filter((part) => part !== '');
}

function wholeNumber(text: string): number {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : 0;
}
