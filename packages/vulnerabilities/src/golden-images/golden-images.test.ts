import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { importPaths } from '../advisories/import-paths.js';
import { updateAdvisories } from '../advisories/update-advisories.js';
import { openAdvisoryDatabase } from '../database/generation-folder.js';
import type { Finding } from '../matchers/finding.js';
import { matchComponents } from '../matchers/match-components.js';
import type { MatchComponent, MatchDistribution } from '../matchers/match-input.js';
import { temporaryFolder } from '../testing/temporary-database.js';

/** A file of `fixtures`; its README says what is in it. */
interface GoldenImage {
  readonly distribution?: MatchDistribution;
  readonly findings: readonly { readonly reason: string; readonly of: readonly string[] }[];
  readonly silent: readonly { readonly reason: string; readonly records: readonly string[] }[];
  readonly components: readonly Omit<MatchComponent, 'id' | 'locations'>[];
  readonly records?: readonly { readonly id: string }[];
  /** An Alpine security database, in place of records. */
  readonly secdb?: { readonly packages: readonly { readonly pkg: { readonly secfixes: Readonly<Record<string, readonly string[]>> } }[] };
}

const now = { signal: new AbortController().signal, now: '2026-08-01T00:00:00Z' };

async function importInto(folder: string, { records, secdb }: GoldenImage): Promise<void> {
  const feed = path.join(folder, 'feed');
  await mkdir(path.join(feed, 'v3.7'), { recursive: true });
  if (secdb === undefined) {
    await Promise.all((records ?? []).map((record) => writeFile(path.join(feed, `${record.id}.json`), JSON.stringify(record))));
    await importPaths(path.join(folder, 'database'), [feed], now);
  } else {
    await writeFile(path.join(feed, 'v3.7', 'main.json'), JSON.stringify(secdb));
    const address = `${pathToFileURL(feed).href}/`;
    await updateAdvisories(path.join(folder, 'database'), { ...now, sources: ['alpine-secdb:v3.7'], feeds: { alpineSecdb: address, alpineRejections: address } });
  }
}

function inOneLine({ id, component, fix, severity, class: kind, confidence, evidence }: Finding): string {
  const others = fix.alsoFixedIn.length === 0 ? [] : [`also ${fix.alsoFixedIn.join(', ')}`];
  return [id, `${component.name}@${component.version}`, fix.state, fix.version ?? '-', ...others, severity.level, kind, confidence, `by ${evidence.map((each) => each.recordId).join(', ')}`].join(' ');
}

function identifiersOf({ records, secdb }: GoldenImage): string[] {
  return records?.map((record) => record.id) ?? (secdb?.packages ?? []).flatMap(({ pkg }) => Object.values(pkg.secfixes).flat());
}

describe.each(['apk', 'golang', 'maven', 'npm', 'pypi', 'rpm'])('the image of %s', (name) => {
  test('has the findings that were reviewed, and no other', async () => {
    const image: GoldenImage = JSON.parse(await readFile(path.join(import.meta.dirname, `fixtures/${name}.json`), 'utf8'));
    await using folder = await temporaryFolder();
    await importInto(folder.path, image);
    using database = await openAdvisoryDatabase(path.join(folder.path, 'database'));
    const components = image.components.map((component) => ({ ...component, id: component.packageUrl, locations: [] }));
    const { findings, suppressed } = matchComponents({ components, ...(image.distribution === undefined ? {} : { distribution: image.distribution }) }, database);
    expect([findings.map(inOneLine).toSorted(), suppressed]).toEqual([image.findings.flatMap((group) => group.of).toSorted(), []]);
    const reported = new Set(findings.flatMap((finding) => finding.evidence.map((each) => each.recordId)));
    expect([...new Set(identifiersOf(image))].filter((id) => !reported.has(id)).toSorted()).toEqual(image.silent.flatMap((group) => group.records).toSorted());
  });
});
