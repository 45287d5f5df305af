// Checks which package may import which, and that nothing imports in a circle. `--root FOLDER` checks another tree,
// which is how the test of this script plants a violation.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cruise } from 'dependency-cruiser';

/** What each part may import of ours. A part that is not named here may import nothing of ours. */
export const allowedImports = {
  'apps/web': [],
  'apps/cli': ['apps/gateway', 'apps/scanner', 'packages/store', 'packages/jobs', 'packages/scan-engine', 'packages/registry-plugins', 'packages/registry-core', 'packages/oci-client', 'packages/sbom', 'packages/ecr-simulator'],
  'apps/gateway': ['packages/jobs', 'packages/store', 'packages/registry-plugins', 'packages/registry-core', 'packages/scan-engine', 'packages/oci-client', 'packages/sbom', 'packages/ecr-simulator'],
  'apps/scanner': ['packages/jobs', 'packages/store', 'packages/registry-plugins', 'packages/registry-core', 'packages/scan-engine', 'packages/oci-client', 'packages/sbom'],
  'packages/scan-engine': ['packages/oci-client', 'packages/sbom'],
  'packages/registry-plugins': ['packages/registry-core', 'packages/plugin-ecr'],
  'packages/plugin-ecr': ['packages/registry-core', 'packages/oci-client'],
  'packages/registry-core': ['packages/oci-client'],
  'packages/jobs': ['packages/store'],
  'packages/store': [],
  'packages/oci-client': [],
  'packages/sbom': [],
  'packages/ecr-simulator': [],
  'packages/testkit': [],
};

/** What only tests may import besides, and what the suites outside the product may import. */
const testOnly = ['packages/testkit', 'packages/ecr-simulator'];
const suites = ['bench', 'e2e'];

const tests = String.raw`\.test\.tsx?$|/test-support/`;

function rules() {
  const parts = Object.keys(allowedImports);
  const rule = (name, from, allowed) => ({
    name,
    severity: 'error',
    from,
    to: { path: String.raw`^(apps|packages)/`, pathNot: allowed.map((part) => `^${part}/`) },
  });
  return [
    { name: 'no circle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no import that leads nowhere', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...parts.flatMap((part) => {
      const own = [part, ...allowedImports[part]];
      return [
        rule(`${part} imports only what it may`, { path: `^${part}/`, pathNot: tests }, own),
        rule(`tests of ${part} import only what they may`, { path: `^${part}/.*(${tests})` }, [...own, ...testOnly]),
      ];
    }),
    {
      name: 'every part has a row in the table',
      severity: 'error',
      from: { path: String.raw`^(apps|packages)/`, pathNot: parts.map((part) => `^${part}/`) },
      to: { path: String.raw`^(apps|packages)/` },
    },
    {
      name: 'nothing imports the suites',
      severity: 'error',
      from: { path: String.raw`^(apps|packages)/` },
      to: { path: suites.map((suite) => `^${suite}/`) },
    },
  ];
}

/** Folders of sources below a root. */
function sourceFolders(root) {
  return ['apps', 'packages']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name, 'src')))
    .filter((folder) => existsSync(join(root, folder)));
}

/** Every broken rule below `root`, and how many modules were read: none means the reader failed, not that all is well. */
export async function checkBoundaries(root) {
  const { output } = await cruise(sourceFolders(root), {
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: rules() },
    doNotFollow: { path: String.raw`node_modules|/dist/` },
    exclude: { path: String.raw`/fixtures/|/src/gql/` },
    parser: 'swc',
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'], extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } },
  });
  return {
    modules: output.modules.filter((module) => !module.coreModule && /^(apps|packages)\//.test(module.source)).length,
    violations: output.summary.violations.map((violation) => `${violation.rule.name}: ${violation.from} -> ${violation.to}`),
  };
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { root: { type: 'string', default: process.cwd() } } });
  const { modules, violations } = await checkBoundaries(values.root);
  for (const violation of violations) console.error(violation);
  if (modules === 0) console.error('no module was read: the check itself is broken');
  console.error(`${modules} modules, ${violations.length} violations`);
  process.exitCode = violations.length > 0 || modules === 0 ? 1 : 0;
}
