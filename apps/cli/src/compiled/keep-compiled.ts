import { join } from 'node:path';
import { keepCode } from './kept-code.js';
import { loadProgram } from './load-program.js';

/**
 * Runs `esscm scan` with the arguments of this process, and keeps beside the program the code that was compiled until its end:
 * that of every function called, here or in a run before whose code was kept.
 */
const loaded = loadProgram(join(import.meta.dirname, '../program'), 'scan-program.cjs');
process.on('exit', (status) => {
  if (status === 0) for (const { path, script } of loaded) keepCode(path, script.createCachedData());
});
