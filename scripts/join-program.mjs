// Joins `dist/scan-program.js` of the command with everything it imports, other packages of this workspace too, into CommonJS
// files in `dist/program`, which the code they were compiled to can be kept beside (`dist/compiled/load-program.js`), and what
// loads them too. Run in the command's folder, after the entries of all packages have been made.
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { apart, builtinsWhenUsed, codeDigestOf, loadedWhenCalled, whenCalledModule, withoutChildProcess, withoutCollator } from './bundle-plugins.mjs';

const folder = resolve('dist/program');
const root = resolve('../..');

/** The folder of the package of ours that a module is of; undefined for a module of a library. */
const packageOf = (id) => /^(?:.*:)?(\/.*\/(?:apps|packages)\/[^/]+)\/dist\//.exec(id)?.[1];

/** In a module of a package: the folder of its entries, beside which it looks for files and from which it resolves names. */
const placeOf = (id) => `process.getBuiltinModule('node:path').join(__dirname, ${JSON.stringify(relative(folder, join(packageOf(id), 'dist/entries')))})`;
const addressOf = (id) => `process.getBuiltinModule('node:url').pathToFileURL(${placeOf(id)} + '/joined.js').href`;

/** Of other packages the modules their entries are made of, so that nothing is there twice. */
const workspacePackages = {
  name: 'workspace-packages',
  resolveId(id) {
    const [, name, entry] = /^@esscm\/([\w-]+)(\/.*)?$/.exec(id) ?? [];
    if (name === undefined) return null;
    const other = realpathSync(join('node_modules/@esscm', name));
    const { types } = JSON.parse(readFileSync(join(other, 'package.json'), 'utf8')).exports[`.${entry ?? ''}`];
    return join(other, types.replace(/\.d\.ts$/, '.js'));
  },
};

const placesOfModules = {
  name: 'places-of-modules',
  transform(code, id) {
    if (packageOf(id) === undefined || !code.includes('import.meta')) return null;
    return code.replaceAll('import.meta.dirname', placeOf(id)).replaceAll('import.meta.url', addressOf(id));
  },
};

const whenCalled = {
  name: 'when-called',
  resolveId: (id, importer) => (id in loadedWhenCalled && packageOf(importer ?? '') !== undefined ? `when-called:${id}:${importer}` : null),
  load(id) {
    const [, name, importer] = /^when-called:([^:]*):(.*)$/.exec(id) ?? [];
    return name === undefined ? null : whenCalledModule(name, addressOf(importer));
  },
};

/** @returns the files that a module and all it imports become */
async function joined(input) {
  const bundle = await rolldown({
    input,
    platform: 'node',
    external: apart,
    treeshake: { moduleSideEffects: false },
    transform: { define: { codeDigest: JSON.stringify(codeDigestOf(join(root, 'packages/sbom'))) } },
    plugins: [workspacePackages, whenCalled, placesOfModules, withoutChildProcess, withoutCollator, builtinsWhenUsed],
    onwarn(warning) {
      throw new Error(warning.message);
    },
  });
  const { output } = await bundle.generate({ format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' });
  await bundle.close();
  return output;
}

/** Text of letters of one byte is read without being decoded and takes half the memory. In code, an escape means its letter. */
const inLettersOfOneByte = (code) => code.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
const files = [...(await joined('dist/scan-program.js')), ...(await joined('dist/compiled/start-scan.js'))];
for (const { fileName, code } of files) {
  if (/^(?!\s*\*).*import\.meta/m.test(code)) throw new Error(`${fileName} asks for its own place, which is not that of its module.`);
  writeFileSync(join(folder, fileName), inLettersOfOneByte(code));
}
