import { expect, test } from 'vitest';
import { databaseOf } from '../testing/temporary-database.js';
import { replayLabels } from './replay-labels.js';
import type { MatchLabel } from './replay-labels.js';

const record = (id: string, cve: string, ecosystem: string, name: string, fixed: string): { id: string; [field: string]: unknown } => ({ id, aliases: [cve], affected: [{ package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }] }] });
const label = (name: string, version: string, vulnerability: string): MatchLabel => ({ image: 'x', name, version, vulnerabilities: [vulnerability], isTrue: true });

test('labels are asked where the database knows the vulnerability in that package, and nowhere else', async () => {
  await using made = await databaseOf({
    all: [record('GHSA-aaaa-aaaa-aaaa', 'CVE-2021-11111', 'Maven', 'com.acme:core', '2.0'), record('ALSA-1', 'CVE-2021-22222', 'AlmaLinux:8', 'curl', '7.61.1-33.el8'), record('PYSEC-1', 'CVE-2021-33333', 'PyPI', 'curl', '8')],
  });
  const replayed = replayLabels(made.database, [
    label('core', '1.9', 'CVE-2021-11111'),
    label('core', '2.0', 'CVE-2021-11111'),
    label('curl', '7.61.1-22.el8', 'CVE-2021-22222'),
    label('curl', '7.61.1-22.el9', 'CVE-2021-22222'),
    label('curl', '7.74.0-1.3+deb11u1', 'CVE-2021-33333'),
    label('other', '1', 'CVE-2021-11111'),
    label('core', '1', 'CVE-2099-11111'),
  ]);
  expect(replayed.map(({ label: { name, version }, ecosystem, reported }) => [name, version, ecosystem, reported])).toEqual([
    ['core', '1.9', 'Maven', true],
    ['core', '2.0', 'Maven', false],
    ['curl', '7.61.1-22.el8', 'AlmaLinux', true],
  ]);
  expect(replayed[1]?.reasons).toEqual(['GHSA-aaaa-aaaa-aaaa: 2.0 is outside the range (introduced 0, fixed 2.0)']);
});
