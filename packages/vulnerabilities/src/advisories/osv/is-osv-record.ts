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
  const { package: named, ranges, versions, severity } = value;
  return (
    (named === undefined || named === null || isPackage(named)) &&
    (ranges === undefined || ranges === null || areRanges(ranges)) &&
    (versions === undefined || versions === null || areVersions(versions)) &&
    isOptionalList(severity, 100, isSeverity)
  );
}

function isPackage(value: unknown): boolean {
  return isObject(value) && isText(value['ecosystem'], 1, 256) && isText(value['name'], 1, 512) && isOptionalText(value['purl'], 2_048);
}

// Lists of which bundles hold tens of thousands are gone through without a function of each item.

function areRanges(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > osvLimits.eventsPerRange) return false;
  for (const range of value) if (!isObject(range) || !isText(range['type'], 0, 32) || !areEvents(range['events'])) return false;
  return true;
}

function areEvents(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > osvLimits.eventsPerRange) return false;
  for (const event of value) if (!isObject(event) || !isBound(event['introduced']) || !isBound(event['fixed']) || !isBound(event['last_affected']) || !isBound(event['limit'])) return false;
  return true;
}

function areVersions(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > osvLimits.versions) return false;
  for (const version of value) if (!isVersion(version)) return false;
  return true;
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
