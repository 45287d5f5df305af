import { expect, test } from 'vitest';
import type { StoredAdvisory } from '../database/advisory-database.js';
import type { Match } from './build-finding.js';
import { decidingMatches } from './deciding-matches.js';
import type { EcosystemRole } from './distribution-ecosystems.js';

function says(id: string, role: EcosystemRole, affected: boolean, decisive = false, more: { readonly version?: string; readonly fixed?: string } = {}): Match {
  const advisory: StoredAdvisory = { advisory: 1, id, source: 'x', kind: 'vulnerability', modified: '', published: undefined, withdrawn: undefined, summary: '', severities: [], aliases: [], upstream: [], related: [] };
  return {
    advisory,
    candidate: { advisory: 1, lookUp: { ecosystem: 'x', name: 'x', version: more.version ?? '1', by: 'package', role }, affected, reason: '', fixed: more.fixed, alsoFixedIn: [], detail: decisive ? { decisive: true } : undefined, comparable: true, pseudoVersion: false },
  };
}

test.each<[string, readonly Match[], string[]]>([
  ['a fix for subscribers is kept where the plain release gets none', [says('A', 'own', true), says('A', 'subscription', true, false, { fixed: '2' })], ['A', 'A']],
  ['and not where it gets one', [says('A', 'own', true, false, { fixed: '3' }), says('A', 'subscription', true, false, { fixed: '2' })], ['A']],
  ['two sources of one rank both count', [says('A', 'own', true), says('B', 'own', false)], ['A', 'B']],
  ['the builder of the package decides that it is affected', [says('A', 'own', false), says('B', 'own', true, true)], ['B']],
  ['other sources of that verdict stay as references', [says('A', 'own', true), says('B', 'own', true, true)], ['B', 'A']],
  ['the builder of the package decides that it is not', [says('A', 'own', true), says('B', 'own', false, true)], []],
  ['what the rebuilt distribution says counts where this one is silent', [says('A', 'disclosure', true)], ['A']],
  ['and not where this one speaks', [says('A', 'disclosure', true, true), says('B', 'own', false)], ['B']],
  ['what is said beside the notices counts where none is about it', [says('A', 'unannounced', true)], ['A']],
  ['and not where one is', [says('A', 'unannounced', true), says('B', 'own', false)], ['B']],
  ['a record that judges the plain release is not judged again for subscribers', [says('A', 'own', false), says('A', 'subscription', true)], ['A']],
  ['a record for subscribers alone counts', [says('A', 'subscription', true)], ['A']],
])('%s', (_, matches, expected) => {
  expect(decidingMatches(matches).map((match) => match.advisory.id)).toEqual(expected);
});

test('a build that only subscribers get is judged by what is said for them', () => {
  const version = '1.2-3ubuntu0.1~esm2';
  const deciding = decidingMatches([says('A', 'own', true, false, { version }), says('A', 'subscription', false, false, { version })]);
  expect(deciding.map((match) => [match.candidate.lookUp.role, match.candidate.affected])).toEqual([['subscription', false]]);
});
