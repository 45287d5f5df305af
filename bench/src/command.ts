import { fileURLToPath } from 'node:url';

/** The built `esscm` command of this workspace. */
export const esscm = fileURLToPath(new URL('../../bin/esscm', import.meta.url));
