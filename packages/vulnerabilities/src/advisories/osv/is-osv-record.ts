import { osvLimits } from './schema.js';
import type { OsvRecord } from './schema.js';

type Unknown = Readonly<Record<string, unknown>>;

/**
 * Whether a value follows `osvRecordSchema`, without copying it. It never says yes where the schema says no; what it says no
 * to is for the schema to judge, which also says why. Bundles hold millions of versions, and asking the schema of each record
 * takes as long as everything else done to it.
 */
export function isOsvRecord(value: unknown): value is OsvRecord {
  return (
    isObject(value) &&
    isText(value['id'], 1, 256) &&
    isOptionalText(value['modified'], 64) &&
    isOptionalText(value['published'], 64) &&
    isOptionalText(value['withdrawn'], 64) &&
    isOptionalText(value['summary'], Number.POSITIVE_INFINITY) &&
    isOptionalList(value['aliases'], osvLimits.identifiers, isIdentifier) &&
    isOptionalList(value['upstream'], osvLimits.identifiers, isIdentifier) &&
    isOptionalList(value['related'], osvLimits.identifiers, isIdentifier) &&
    isOptionalList(value['severity'], 100, isSeverity) &&
    isOptionalList(value['affected'], osvLimits.affectedPackages, isAffected)
  );
}

function isAffected(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { package: named } = value;
  return (
    (named === undefined || named === null || (isObject(named) && isText(named['ecosystem'], 1, 256) && isText(named['name'], 1, 512) && isOptionalText(named['purl'], 2_048))) &&
    isOptionalList(value['ranges'], osvLimits.eventsPerRange, isRange) &&
    isOptionalList(value['versions'], osvLimits.versions, isVersion) &&
    isOptionalList(value['severity'], 100, isSeverity)
  );
}

function isRange(value: unknown): boolean {
  return isObject(value) && isText(value['type'], 0, 32) && Array.isArray(value['events']) && isOptionalList(value['events'], osvLimits.eventsPerRange, isEvent);
}

function isEvent(value: unknown): boolean {
  return isObject(value) && isBound(value['introduced']) && isBound(value['fixed']) && isBound(value['last_affected']) && isBound(value['limit']);
}

function isBound(value: unknown): boolean {
  return value === undefined || isVersion(value);
}

function isVersion(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 512 && !value.includes('\n');
}

function isIdentifier(value: unknown): boolean {
  return isText(value, 1, 256);
}

function isSeverity(value: unknown): boolean {
  return isObject(value) && isText(value['type'], 0, 64) && isText(value['score'], 0, 512);
}

function isObject(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, shortest: number, longest: number): boolean {
  return typeof value === 'string' && value.length >= shortest && value.length <= longest;
}

function isOptionalText(value: unknown, longest: number): boolean {
  return value === undefined || value === null || isText(value, 0, longest);
}

function isOptionalList(value: unknown, longest: number, isItem: (item: unknown) => boolean): boolean {
  if (value === undefined || value === null) return true;
  if (!Array.isArray(value) || value.length > longest) return false;
  for (const item of value) if (!isItem(item)) return false;
  return true;
}
