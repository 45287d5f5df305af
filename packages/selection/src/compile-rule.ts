import type { RegistryImage } from '@esscm/registry-core';
import type { SemVer } from 'semver';
import type { SelectionRule } from './selection-rule.js';
import { compareVersions, compileRange, tagVersion } from './tag-version.js';
import { compilePattern } from './text-pattern.js';

/** A rule ready to be asked. */
export interface CompiledRule {
  matchesRepository(name: string): boolean;
  /**
   * The tag to follow of an image of a repository that matches; undefined when the image is not wanted. Of several that pass,
   * one in `followed` is kept; otherwise the highest version, then the first by name.
   */
  tagOf(image: RegistryImage, now: Date, followed: ReadonlySet<string>): string | undefined;
  readonly latest: SelectionRule['latest'];
}

const dayMs = 86_400_000;

/** @throws InvalidRuleError naming the part that cannot be read */
export function compileRule(rule: SelectionRule): CompiledRule {
  const matchesRepository = compilePattern('repository', rule.repository);
  const matchesTag = rule.tag === undefined ? undefined : compilePattern('tag', rule.tag);
  const excludes = rule.excludeTag === undefined ? undefined : compilePattern('excludeTag', rule.excludeTag);
  const inRange = rule.versionRange === undefined ? undefined : compileRange('versionRange', rule.versionRange);
  const passes = (tag: string): boolean => {
    if (matchesTag?.(tag) === false || excludes?.(tag) === true) return false;
    if (inRange === undefined) return true;
    const version = tagVersion(tag);
    return version !== undefined && inRange(version);
  };
  return {
    matchesRepository,
    latest: rule.latest,
    tagOf: (image, now, followed) => {
      if (image.kind === 'artifact' || image.status === 'archived') return undefined;
      if (!isWithin(image.pushedAt, rule.newerThanDays, now) || !isWithin(image.lastPulledAt, rule.pulledWithinDays, now)) return undefined;
      const passing = image.tags.filter(passes);
      if (passing.length < 2) return passing[0];
      return passing.filter((tag) => followed.has(tag)).toSorted(byName)[0] ?? passing.toSorted(compareTags)[0];
    },
  };
}

/** Highest version first, what is no version last, then by name. */
export function compareTags(one: string, other: string): number {
  return compareOptionalVersions(tagVersion(one), tagVersion(other)) || byName(one, other);
}

function compareOptionalVersions(one: SemVer | undefined, other: SemVer | undefined): number {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  return compareVersions(other, one);
}

function byName(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** Without a limit anything is; with one, a time that is not known is not. */
function isWithin(moment: Date | undefined, days: number | undefined, now: Date): boolean {
  if (days === undefined) return true;
  return moment !== undefined && now.getTime() - moment.getTime() <= days * dayMs;
}
