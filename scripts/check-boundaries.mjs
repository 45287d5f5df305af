// Checks which package may import which, and that nothing imports in a circle. `--root FOLDER` checks another tree,
// which is how the test of this script plants a violation.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseSync } from 'oxc-parser';

/** What each part may import of ours. A part that is not named here may import nothing of ours. */
export const allowedImports = {
  'apps/web': [],
  'apps/cli': ['apps/gateway', 'apps/scanner', 'packages/store', 'packages/jobs', 'packages/scan-engine', 'packages/registry-plugins', 'packages/registry-core', 'packages/oci-client', 'packages/sbom', 'packages/vulnerabilities', 'packages/ecr-simulator'],
  'apps/gateway': ['packages/jobs', 'packages/store', 'packages/selection', 'packages/vulnerabilities', 'packages/registry-plugins', 'packages/registry-core', 'packages/scan-engine', 'packages/oci-client', 'packages/sbom', 'packages/ecr-simulator'],
  'apps/scanner': ['packages/jobs', 'packages/store', 'packages/selection', 'packages/registry-plugins', 'packages/registry-core', 'packages/scan-engine', 'packages/oci-client', 'packages/sbom', 'packages/vulnerabilities'],
  'packages/scan-engine': ['packages/oci-client', 'packages/sbom', 'packages/vulnerabilities'],
  'packages/registry-plugins': ['packages/registry-core', 'packages/plugin-ecr', 'packages/plugin-oci'],
  'packages/plugin-ecr': ['packages/registry-core', 'packages/oci-client'],
  'packages/plugin-oci': ['packages/registry-core', 'packages/oci-client'],
  'packages/registry-core': ['packages/oci-client'],
  'packages/selection': ['packages/registry-core'],
  'packages/jobs': ['packages/store'],
  'packages/store': [],
  'packages/oci-client': [],
  'packages/sbom': [],
  'packages/vulnerabilities': [],
  'packages/ecr-simulator': [],
  'packages/testkit': [],
};

/** What only tests may import besides. */
const testOnly = ['packages/testkit', 'packages/ecr-simulator'];
const isTest = (file) => /\.test\.tsx?$|\/(test-support|testing)\//.test(file);
const partOf = (file) => file.split('/').slice(0, 2).join('/');

/** Specifiers of every import and re-export of a module, types and dynamic ones included. */
function specifiersOf(file, text) {
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0].message}`);
  const dynamic = module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start + 1, moduleRequest.end - 1));
  const reExported = module.staticExports.flatMap(({ entries }) => entries.map((entry) => entry.moduleRequest?.value));
  return [...new Set([...module.staticImports.map(({ moduleRequest }) => moduleRequest.value), ...reExported, ...dynamic])].filter((specifier) => specifier !== undefined);
}

/** The file below `root` that a specifier leads to; the part itself for one of our packages; undefined for a library. */
function targetOf(root, file, specifier, parts) {
  if (specifier.startsWith('@esscm/')) return parts.get(specifier.split('/').slice(0, 2).join('/')) ?? 'nowhere';
  if (!specifier.startsWith('.')) return undefined;
  const path = resolve(root, dirname(file), specifier);
  const candidates = [path, path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx'), `${path}.ts`, `${path}.tsx`];
  const found = candidates.find((candidate) => existsSync(candidate));
  return found === undefined ? 'nowhere' : relative(root, found);
}

/** Our packages by name, from their manifests. */
function partsByName(root) {
  return new Map(
    globSync('{apps,packages}/*/package.json', { cwd: root }).map((manifest) => [JSON.parse(readFileSync(join(root, manifest), 'utf8')).name, dirname(manifest)]),
  );
}

/** Every circle of imports, once each: its files, the first one repeated at its end. */
function findCircles(imports) {
  const circles = new Map();
  const done = new Set();
  const visit = (file, path) => {
    if (path.includes(file)) {
      const circle = path.slice(path.indexOf(file));
      circles.set(circle.toSorted().join(' '), [...circle, file]);
      return;
    }
    if (done.has(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return [...circles.values()];
}

/** Every broken rule below `root`, and how many modules were read: none means the reader failed, not that all is well. */
export function checkBoundaries(root) {
  const parts = partsByName(root);
  const files = globSync('{apps,packages}/*/src/**/*.{ts,tsx}', { cwd: root }).filter((file) => !/\/(fixtures|gql)\//.test(file)).toSorted();
  const imports = new Map();
  const violations = [];
  for (const file of files) {
    const part = partOf(file);
    const allowed = allowedImports[part];
    const targets = specifiersOf(file, readFileSync(join(root, file), 'utf8')).map((specifier) => ({ specifier, target: targetOf(root, file, specifier, parts) }));
    imports.set(file, targets.map(({ target }) => target).filter((target) => files.includes(target)));
    for (const { specifier, target } of targets) {
      if (target === undefined) continue;
      const targetPart = partOf(target);
      if (target === 'nowhere') violations.push(`no import that leads nowhere: ${file} -> ${specifier}`);
      else if (targetPart === part) continue;
      else if (allowed === undefined) violations.push(`every part has a row in the table: ${file} -> ${target}`);
      else if (!allowed.includes(targetPart) && !(isTest(file) && testOnly.includes(targetPart))) violations.push(`${part} imports only what it may: ${file} -> ${target}`);
    }
  }
  for (const circle of findCircles(imports)) violations.push(`no circle: ${circle.join(' -> ')}`);
  return { modules: files.length, violations };
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { root: { type: 'string', default: process.cwd() } } });
  const { modules, violations } = checkBoundaries(values.root);
  for (const violation of violations) console.error(violation);
  if (modules === 0) console.error('no module was read: the check itself is broken');
  console.error(`${modules} modules, ${violations.length} violations`);
  process.exitCode = violations.length > 0 || modules === 0 ? 1 : 0;
}
