// Joins each entry of a package with everything it imports into few files, which a process or a thread starts from
// several times as fast as from hundreds. Run in the package's folder, after `tsc`: an entry of `exports` whose default is
// in `dist/entries` is made of the module its types are of. Other packages of this workspace stay imports. The name
// `codeDigest` becomes a digest of the package's code and of its dependencies' versions.
import { createHash } from 'node:crypto';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const folder = './dist/entries/';
const { exports, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = Object.values(exports).filter((entry) => entry.default.startsWith(folder));
if (entries.length === 0) throw new Error(`No entry in package.json has its default in ${folder}.`);

// Packages that look for files beside their code.
const apart = ['libxml2-wasm', 'pino'];

const code = createHash('sha256').update(JSON.stringify(dependencies));
for (const file of globSync('dist/**/*.js', { exclude: [`${folder.slice(2)}**`] }).sort()) code.update(file).update(readFileSync(file));

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

/** Commander imports what only commands that are programs of their own would need, which none here is. */
const withoutChildProcess = {
  name: 'without-child-process',
  resolveId: (id, importer) => (id === 'node:child_process' && importer?.includes('/commander/') ? 'no-child-process' : null),
  load: (id) => (id === 'no-child-process' ? 'export default {};' : null),
};

/**
 * packageurl-js puts the keys of its own tables in the order of a language when it is loaded, which takes as long as reading a
 * small layer. Nothing asks for that order.
 */
const withoutCollator = {
  name: 'without-collator',
  transform: {
    filter: { id: /\/packageurl-js\/src\/strings\.js$/ },
    handler(text) {
      const collator = 'const { compare: localeCompare } = new Intl.Collator()';
      if (!text.includes(collator)) throw new Error('packageurl-js makes its collator in another way than this script knows.');
      return text.replace(collator, 'const localeCompare = (left, right) => (String(left) < String(right) ? -1 : 1)');
    },
  },
};

/** Parsers for a few kinds of file, large for what they do: each is a file of its own, loaded by the first call of one of these functions. */
const loadedWhenCalled = { yaml: ['parse', 'parseAllDocuments'], 'smol-toml': ['parse'] };
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
    const calls = loadedWhenCalled[name].map((call) => `export const ${call} = (...values) => (loaded ??= load('./${name}.js')).${call}(...values);`);
    return ["import { createRequire } from 'node:module';", 'const load = createRequire(import.meta.url);', 'let loaded;', ...calls].join('\n');
  },
};

const bundle = await rolldown({
  input: Object.fromEntries([...ownFiles.map((name) => [name, `own-file:${name}`]), ...entries.map((entry) => [basename(entry.default, '.js'), entry.types.replace(/\.d\.ts$/, '.js')])]),
  platform: 'node',
  external: [/^@esscm\//, ...apart],
  treeshake: { moduleSideEffects: false },
  transform: { define: { codeDigest: JSON.stringify(code.digest('hex')) } },
  plugins: [whenCalled, withoutChildProcess, withoutCollator],
  onwarn(warning) {
    throw new Error(warning.message);
  },
});
rmSync(folder, { recursive: true, force: true });
await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', plugins: [builtinModules] });
await bundle.close();
