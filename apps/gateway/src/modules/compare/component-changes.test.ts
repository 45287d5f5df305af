import type { ComponentVersionRecord } from '@esscm/store';
import { expect, test } from 'vitest';
import { componentChanges } from './component-changes.js';

function component(text: string): ComponentVersionRecord {
  const [ecosystem = '', name = '', version = ''] = text.split(' ');
  return { ecosystem, name, version, packageKey: `pkg:${ecosystem}/${name}` };
}

test.each([
  ['a new version', ['maven spring-web 6.0.13'], ['maven spring-web 6.1.4'], ['UPGRADED spring-web 6.0.13 > 6.1.4']],
  ['an older version, by the order of the ecosystem', ['npm a 1.10.0'], ['npm a 1.9.0'], ['DOWNGRADED a 1.10.0 > 1.9.0']],
  ['the order of Debian', ['deb libc6 2.36-9~rc1'], ['deb libc6 2.36-9'], ['UPGRADED libc6 2.36-9~rc1 > 2.36-9']],
  ['one more, one less', ['npm a 1.0.0'], ['npm b 1.0.0'], ['ADDED b  > 1.0.0', 'REMOVED a 1.0.0 > ']],
  ['a second version beside the first', ['npm a 1.0.0'], ['npm a 1.0.0', 'npm a 2.0.0'], ['UPGRADED a 1.0.0 > 1.0.0,2.0.0']],
  ['an old copy gone', ['npm a 1.0.0', 'npm a 2.0.0'], ['npm a 2.0.0'], ['CHANGED a 1.0.0,2.0.0 > 2.0.0']],
  ['no order', ['generic a 1'], ['generic a 2'], ['CHANGED a 1 > 2']],
  ['the same name in two ecosystems', ['npm a 1.0.0'], ['npm a 1.1.0', 'pypi a 1.0.0'], ['ADDED a  > 1.0.0', 'UPGRADED a 1.0.0 > 1.1.0']],
  ['what adds risk first', ['npm a 1.0.0', 'npm b 1.0.0', 'npm c 2.0.0'], ['npm a 2.0.0', 'npm c 1.0.0', 'npm d 1.0.0'], ['DOWNGRADED c 2.0.0 > 1.0.0', 'ADDED d  > 1.0.0', 'UPGRADED a 1.0.0 > 2.0.0', 'REMOVED b 1.0.0 > ']],
])('%s', (_, from, to, expected) => {
  const { changes } = componentChanges({ from: from.map(component), to: to.map(component), unchangedCount: 0 });
  expect(changes.map((change) => `${change.kind} ${change.name} ${change.fromVersions.join()} > ${change.toVersions.join()}`)).toEqual(expected);
});
