import { baseName, parentPath } from '../../layers/layer-path.js';
import { defineCataloguer, type FileScanner } from '../cataloguer.js';

const hiveMagic = 'regf';

/** The hive in which installers enter what they installed: where Windows has it, as a base image brings it, and as a layer changes it. */
const names = ['SOFTWARE', 'SOFTWARE_Base', 'SOFTWARE_Delta', 'Software_Base', 'Software_Delta'];
const folders = /(?:^|\/)(?:Hives|System32\/config)$/i;

/** What a layer of Windows says of installed programs, which is not read: that it is there makes the result incomplete. */
export const windowsRegistryCataloguer = defineCataloguer<never>({
  name: 'windows-registry',
  version: 1,
  candidates: { names },
  wants: (path) => names.includes(baseName(path)) && folders.test(parentPath(path)),
  scan: (_file, head) => (head.toString('latin1', 0, hiveMagic.length) === hiveMagic ? unreadHive : undefined),
  // Files with a diagnostic of a cataloguer that knows who owns what are databases nobody could read.
  assemble: () => ({ components: [], ownership: [] }),
});

const unreadHive: FileScanner<never> = {
  push: () => false,
  finish: () => ({
    diagnostics: [
      {
        code: 'windows-registry-not-read',
        severity: 'incomplete',
        message: 'Programs that installers entered into the registry of Windows are not read. Packages of languages and programs with a version resource are.',
      },
    ],
  }),
};
