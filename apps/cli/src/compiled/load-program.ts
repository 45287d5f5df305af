import type { Script as CompiledScript } from 'node:vm';
import { readKeptCode } from './kept-code.js';

// Importing these as modules would read each of their exports, some of which load much else.
const { readFileSync } = process.getBuiltinModule('node:fs');
const path = process.getBuiltinModule('node:path');
const { Script, constants } = process.getBuiltinModule('node:vm');

/** A file of a program that was loaded. */
export interface LoadedFile {
  readonly path: string;
  readonly script: CompiledScript;
}

/**
 * Runs a program of CommonJS files in one folder, written in ASCII, with the code they were compiled to where that is kept beside
 * them: functions are else compiled when they are first called, which is a sixth of what a small scan costs. Node.js keeps code
 * too (`NODE_COMPILE_CACHE`), but as it is before anything was called. Code of another version of Node.js is not used; then the
 * program runs as any other.
 *
 * @returns the files loaded so far, to which those are added that the program loads later
 */
export function loadProgram(folder: string, entry: string): readonly LoadedFile[] {
  const loaded: LoadedFile[] = [];
  const modules = new Map<string, { exports: unknown }>();
  const load = (name: string): unknown => {
    const known = modules.get(name);
    if (known !== undefined) return known.exports;
    const file = path.join(folder, name);
    const source = readFileSync(file);
    const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source.toString('latin1')}\n})`, {
      filename: file,
      cachedData: readKeptCode(file, source),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    loaded.push({ path: file, script });
    const module = { exports: {} };
    modules.set(name, module);
    const requireHere = (id: string): unknown => (id.startsWith('./') ? load(id.slice(2)) : process.getBuiltinModule('node:module').createRequire(file)(id));
    (script.runInThisContext() as (...values: readonly unknown[]) => void)(module.exports, requireHere, module, file, folder);
    return module.exports;
  };
  load(entry);
  return loaded;
}
