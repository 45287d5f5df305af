import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { allowedImports, checkBoundaries } from './check-boundaries.mjs';

function check(files) {
  const root = mkdtempSync(join(tmpdir(), 'boundaries-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return checkBoundaries(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const store = { 'packages/store/src/index.ts': 'export const rows = 1;\n' };

const cases = [
  {
    title: 'an allowed import passes',
    files: { ...store, 'packages/jobs/src/index.ts': "import { rows } from '../../store/src/index.js';\nexport const jobs = rows;\n" },
    violations: [],
  },
  {
    title: 'sbom may not import the store',
    files: { ...store, 'packages/sbom/src/index.ts': "import { rows } from '../../store/src/index.js';\nexport const found = rows;\n" },
    violations: ['packages/sbom imports only what it may: packages/sbom/src/index.ts -> packages/store/src/index.ts'],
  },
  {
    title: 'a type is an import too',
    files: { 'packages/store/src/index.ts': 'export interface Row {}\n', 'packages/oci-client/src/index.ts': "import type { Row } from '../../store/src/index.js';\nexport type Line = Row;\n" },
    violations: ['packages/oci-client imports only what it may: packages/oci-client/src/index.ts -> packages/store/src/index.ts'],
  },
  {
    title: 'the product may not import the test kit, its tests may',
    files: {
      'packages/testkit/src/index.ts': 'export const clock = 1;\n',
      'packages/sbom/src/index.test.ts': "import { clock } from '../../testkit/src/index.js';\nexport const time = clock;\n",
      'packages/sbom/src/index.ts': "import { clock } from '../../testkit/src/index.js';\nexport const time = clock;\n",
    },
    violations: ['packages/sbom imports only what it may: packages/sbom/src/index.ts -> packages/testkit/src/index.ts'],
  },
  {
    title: 'a new part needs a row in the table',
    files: { ...store, 'packages/new/src/index.ts': "import { rows } from '../../store/src/index.js';\nexport const it = rows;\n" },
    violations: ['every part has a row in the table: packages/new/src/index.ts -> packages/store/src/index.ts'],
  },
  {
    title: 'a package is known by its name, also in a dynamic import, beside syntax of this year',
    files: {
      'packages/store/package.json': '{ "name": "@esscm/store" }',
      'packages/sbom/src/index.ts': "await using it = await import('@esscm/store');\nexport const found = it;\n",
    },
    violations: ['packages/sbom imports only what it may: packages/sbom/src/index.ts -> packages/store'],
  },
  {
    title: 'a circle inside a package',
    files: { 'packages/sbom/src/a.ts': "import './b.js';\n", 'packages/sbom/src/b.ts': "import './a.js';\n" },
    violations: ['no circle: packages/sbom/src/a.ts -> packages/sbom/src/b.ts -> packages/sbom/src/a.ts'],
  },
  {
    title: 'an import that leads nowhere',
    files: { 'packages/sbom/src/index.ts': "import '@esscm/nowhere';\n" },
    violations: ['no import that leads nowhere: packages/sbom/src/index.ts -> @esscm/nowhere'],
  },
];

for (const { title, files, violations } of cases) {
  test(title, () => {
    assert.deepEqual(check(files).violations, violations);
  });
}

test('an empty tree reads no module, which the command treats as a failure', () => {
  assert.deepEqual(check({}), { modules: 0, violations: [] });
});

test('the table itself has no circle', () => {
  const visit = (part, path) => {
    assert.ok(!path.includes(part), [...path, part].join(' -> '));
    for (const next of allowedImports[part]) visit(next, [...path, part]);
  };
  for (const part of Object.keys(allowedImports)) visit(part, []);
});
