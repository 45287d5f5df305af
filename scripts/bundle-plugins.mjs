// What the scripts that join modules into few files have in common: how code is told apart by a digest, and what is
// changed in modules on the way.
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Packages that look for files beside their code. */
export const apart = ['libxml2-wasm', 'pino'];

/** Digest of a built package's code and of its dependencies' versions. */
export function codeDigestOf(folder) {
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const code = createHash('sha256').update(JSON.stringify(dependencies));
  for (const file of globSync('dist/**/*.js', { cwd: folder, exclude: ['dist/entries/**'] }).sort()) code.update(file).update(readFileSync(join(folder, file)));
  return code.digest('hex');
}

/** Commander imports what only commands that are programs of their own would need, which none here is. */
export const withoutChildProcess = {
  name: 'without-child-process',
  resolveId: (id, importer) => (id === 'node:child_process' && importer?.includes('/commander/') ? 'no-child-process' : null),
  load: (id) => (id === 'no-child-process' ? 'export default {};' : null),
};

/**
 * packageurl-js puts the keys of its own tables in the order of a language when it is loaded, which takes as long as reading a
 * small layer. Nothing asks for that order.
 */
export const withoutCollator = {
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
export const loadedWhenCalled = { yaml: ['parse', 'parseAllDocuments'], 'smol-toml': ['parse'] };

/** A module in the place of such a parser, which loads it from `folder`, an expression of the module that wants it. */
export function whenCalledModule(name, folder) {
  const calls = loadedWhenCalled[name].map((call) => `export const ${call} = (...values) => (loaded ??= createRequire(${folder})('./${name}.js')).${call}(...values);`);
  return ["import { createRequire } from 'node:module';", 'let loaded;', ...calls].join('\n');
}

/**
 * In files of CommonJS: modules of Node.js are loaded by what first uses them. Some of them load twenty others, and most scans use
 * few of them.
 */
export const builtinsWhenUsed = {
  name: 'builtins-when-used',
  renderChunk(code) {
    const names = new Map();
    const rest = code.replace(/^let (\w+) = require\("(node:[\w/]+)"\);\n(?:\1 = (?:\w+\.)?__toESM\(\1, 1\);\n)?/gm, (_, name, id) => {
      names.set(name, id);
      return '';
    });
    if (names.size === 0) return null;
    const uses = rest.replace(new RegExp(`\\b(${[...names.keys()].join('|')})\\b(.)`, 'g'), (_, name, next) => {
      if (next !== '.') throw new Error(`${name} is used in another way than by its members.`);
      return `(${name}()).`;
    });
    const loader = 'const whenUsed = (id, loaded) => () => (loaded ??= ((module) => ({ __proto__: module, default: module }))(process.getBuiltinModule(id)));';
    return [loader, ...[...names].map(([name, id]) => `const ${name} = whenUsed(${JSON.stringify(id)});`), uses].join('\n');
  },
};
