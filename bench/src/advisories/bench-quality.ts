import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { importPaths, openAdvisoryDatabase } from '@esscm/vulnerabilities';
import type { AdvisoryDatabase } from '@esscm/vulnerabilities';
import { askGoldenProbes, listAgreement, recordsOfBundle, replayLabels } from '@esscm/vulnerabilities/quality';
import type { MatchLabel } from '@esscm/vulnerabilities/quality';
import { explainGolden } from './golden-explanations.js';
import { missClasses } from './miss-classes.js';

/**
 * Asks the matcher just below, at and after every bound of every record of a folder of OSV bundles; prints each disagreement with
 * its reason. The run fails when one has none.
 */
export async function benchGoldens(options: { snapshot: string }): Promise<void> {
  const bundles = globSync(join(options.snapshot, '*.zip')).toSorted();
  await withDatabase(bundles, (database) => {
    const rows = bundles.map((file) => {
      const { records, ranges, probes, disagreements } = askGoldenProbes(database, recordsOfBundle(file));
      for (const each of disagreements) {
        console.log(`${basename(file)}: ${each.record} ${each.ecosystem} ${each.name} ${each.version} (${each.place}): by its text ${each.affected ? 'affected' : 'not affected'}, by the matcher not so: ${explainGolden(each) ?? 'NOT EXPLAINED'}`);
      }
      const unexplained = disagreements.filter((each) => explainGolden(each) === undefined).length;
      if (unexplained > 0) process.exitCode = 1;
      return { bundle: basename(file, '.zip'), records, ranges, probes, disagreements: disagreements.length, unexplained };
    });
    const total = (key: 'records' | 'ranges' | 'probes' | 'disagreements' | 'unexplained'): number => rows.reduce((sum, row) => sum + row[key], 0);
    console.table([...rows, { bundle: 'all', records: total('records'), ranges: total('ranges'), probes: total('probes'), disagreements: total('disagreements'), unexplained: total('unexplained') }]);
  });
  const lists = bundles.filter((file) => basename(file) === 'PyPI.zip').map((file) => listAgreement(recordsOfBundle(file)));
  for (const { pairs, agree, unreadable, outOfRange } of lists) {
    console.log(`PyPI, listed versions against ranges: ${pairs} pairs, ${agree} agree, ${unreadable} unreadable, ${outOfRange.length} listed and in no range:`);
    for (const each of outOfRange) console.log(`  ${each.record} ${each.name} ${each.version}`);
  }
}

/**
 * Replays labels that people gave to matches of another scanner, where the bundles know the vulnerability in that package; prints
 * every answer that differs, with the record and the reason. The run fails when one has none.
 */
export async function benchLabels(options: { snapshot: string; labels: string }): Promise<void> {
  const labels = globSync(join(options.labels, '**/*.json')).flatMap(readLabel);
  await withDatabase(globSync(join(options.snapshot, '*.zip')).toSorted(), (database) => {
    const replayed = replayLabels(database, labels);
    const rows = [...Map.groupBy(replayed, (each) => each.ecosystem)].map(([ecosystem, each]) => {
      const count = (isTrue: boolean, reported: boolean): number => each.filter((one) => one.label.isTrue === isTrue && one.reported === reported).length;
      return { ecosystem, 'true, found': count(true, true), 'true, missed': count(true, false), 'false, not reported': count(false, false), 'false, reported': count(false, true) };
    });
    console.table(rows);
    const wrong = replayed.filter((each) => each.label.isTrue !== each.reported);
    const classes = Map.groupBy(wrong, ({ ecosystem, label }) => `${ecosystem} ${label.name} ${label.version} ${label.isTrue ? 'missed' : 'reported'}`);
    for (const [name, each] of classes) {
      const why = missClasses[name];
      if (why === undefined) process.exitCode = 1;
      console.log(`${name}, ${each.length} ${each.length === 1 ? 'label' : 'labels'}: ${why ?? 'NOT EXPLAINED'}`);
      for (const { label, reasons } of each) console.log(`  ${label.vulnerabilities.join(' ')}: ${reasons.join('; ')}`);
    }
  });
}

async function withDatabase(bundles: readonly string[], use: (database: AdvisoryDatabase) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'esscm-bench-'));
  try {
    await importPaths(folder, bundles, { signal: new AbortController().signal, now: new Date().toISOString() });
    using database = await openAdvisoryDatabase(folder);
    use(database);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One label file of anchore/vulnerability-match-labels; unclear ones are left out. */
function readLabel(file: string): MatchLabel[] {
  const { label, image, package: named, vulnerability_id: id, effective_cve: cve }: { label: string; image: { exact: string }; package: { name: string; version: string }; vulnerability_id: string; effective_cve?: string } = JSON.parse(readFileSync(file, 'utf8'));
  if (label !== 'TP' && label !== 'FP') return [];
  return [{ image: image.exact, ...named, vulnerabilities: [...new Set([id, ...(cve === undefined ? [] : [cve])])], isTrue: label === 'TP' }];
}
