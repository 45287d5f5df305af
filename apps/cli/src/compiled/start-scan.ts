import { loadProgram } from './load-program.js';

/** Entry of `esscm scan`: the same as the subcommand of `main`, in less time. */
loadProgram(process.getBuiltinModule('node:path').join(import.meta.dirname, '../program'), 'scan-program.cjs');
