// Joins each entry of a package with everything it imports into few files, which a process or a thread starts from
// several times as fast as from hundreds. Run in the package's folder, after `tsc`: an entry of `exports` whose default is
// in `dist/entries` is made of the module its types are of. Other packages of this workspace stay imports. The name
// `codeDigest` becomes a digest of the package's code and of its dependencies' versions.
import { readFileSync, rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { apart, codeDigestOf, loadedWhenCalled, whenCalledModule, withoutChildProcess, withoutCollator } from './bundle-plugins.mjs';

const folder = './dist/entries/';
const { exports, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = Object.values(exports).filter((entry) => entry.default.startsWith(folder));
if (entries.length === 0) throw new Error(`No entry in package.json has its default in ${folder}.`);

/**
 * Importing a module of Node.js reads each of its exports, some of which load much else: of `node:crypto` all of Web Crypto. So
 * bundles take what they want of it instead.
 */
const builtinModules = {
  name: 'builtin-modules',
  renderChunk: (code) =>
    code.replace(/^import (?:([\w$]+)(?:, )?)?(?:\* as ([\w$]+)|(\{[^}]*\}))? ?from "(node:[^"]+)";$/gm, (_, whole, namespace, names, module) =>
      [whole, namespace, names?.replaceAll(' as ', ': ')]
        .filter((wanted) => wanted !== undefined)
        .map((wanted) => `const ${wanted} = globalThis.process.getBuiltinModule("${module}");`)
        .join('\n'),
    ),
};

/** Of the parsers that are loaded when they are called, those of this package. */
const ownFiles = Object.keys(loadedWhenCalled).filter((name) => dependencies?.[name] !== undefined);
const whenCalled = {
  name: 'when-called',
  resolveId(id, importer) {
    if (id.startsWith('own-file:')) return id;
    if (importer === undefined || !ownFiles.includes(id)) return null;
    return importer.startsWith('own-file:') ? this.resolve(id, resolve('package.json')) : `when-called:${id}`;
  },
  load(id) {
    const [, kind, name] = /^(own-file|when-called):(.*)$/.exec(id) ?? [];
    if (name === undefined) return null;
    if (kind === 'own-file') return `export { ${loadedWhenCalled[name].join(', ')} } from '${name}';`;
    return whenCalledModule(name, 'import.meta.url');
  },
};

const bundle = await rolldown({
  input: Object.fromEntries([...ownFiles.map((name) => [name, `own-file:${name}`]), ...entries.map((entry) => [basename(entry.default, '.js'), entry.types.replace(/\.d\.ts$/, '.js')])]),
  platform: 'node',
  external: [/^@esscm\//, ...apart],
  treeshake: { moduleSideEffects: false },
  transform: { define: { codeDigest: JSON.stringify(codeDigestOf('.')) } },
  plugins: [whenCalled, withoutChildProcess, withoutCollator],
  onwarn(warning) {
    throw new Error(warning.message);
  },
});
rmSync(folder, { recursive: true, force: true });
await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', plugins: [builtinModules] });
await bundle.close();
