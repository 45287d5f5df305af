import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { importPaths } from '../advisories/import-paths.js';
import { mirroredFeeds } from '../advisories/feed-addresses.js';
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
  /** What Debian's tracker says, beside the records. */
  readonly tracker?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const now = { signal: new AbortController().signal, now: '2026-08-01T00:00:00Z' };

async function importInto(folder: string, { records = [], secdb, tracker }: GoldenImage): Promise<void> {
  const database = path.join(folder, 'database');
  const feed = path.join(folder, 'feed');
  const mirror = path.join(folder, 'mirror');
  const update = async (source: string, file: string, content: object): Promise<void> => {
    await mkdir(path.dirname(path.join(mirror, file)), { recursive: true });
    await writeFile(path.join(mirror, file), JSON.stringify(content));
    await updateAdvisories(database, { ...now, sources: [source], feeds: mirroredFeeds(`${pathToFileURL(mirror).href}/`) });
  };
  if (records.length > 0) {
    await mkdir(feed);
    for (const record of records) await writeFile(path.join(feed, `${record.id}.json`), JSON.stringify(record));
    await importPaths(database, [feed], now);
  }
  if (secdb !== undefined) await update('alpine-secdb:v3.7', 'alpine-secdb/v3.7/main.json', secdb);
  if (tracker !== undefined) await update('debian-tracker', 'debian-tracker.json', tracker);
}

function inOneLine({ id, component, fix, severity, class: kind, confidence, evidence }: Finding): string {
  const others = fix.alsoFixedIn.length === 0 ? [] : [`also ${fix.alsoFixedIn.join(', ')}`];
  return [id, `${component.name}@${component.version}`, fix.state, fix.version ?? '-', ...others, severity.level, kind, confidence, `by ${evidence.map((each) => each.recordId).join(', ')}`].join(' ');
}

function identifiersOf({ records = [], secdb, tracker = {} }: GoldenImage): string[] {
  return [...records.map((record) => record.id), ...(secdb?.packages ?? []).flatMap(({ pkg }) => Object.values(pkg.secfixes).flat()), ...Object.values(tracker).flatMap((issues) => Object.keys(issues))];
}

const images = (await readdir(path.join(import.meta.dirname, 'fixtures'))).filter((name) => name.endsWith('.json')).map((name) => name.replace('.json', ''));

describe.each(images)('the image of %s', (name) => {
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
