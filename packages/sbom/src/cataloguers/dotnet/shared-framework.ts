import { joinPath, parentPath } from '../../layers/layer-path.js';

/** Since when runtimes are packages whose name ends with a runtime identifier. */
export const firstNamedByPlatform = 3;

/** The name and the version of the framework that a file below `shared` is of, as the host finds it by its folders. */
export function sharedFramework(path: string): { readonly name: string; readonly version: string } | undefined {
  const [, name, version] = /(?:^|\/)shared\/([A-Za-z][\w.]*\.App)\/(\d[\w.+-]*)\/[^/]+$/.exec(path) ?? [];
  return name === undefined || version === undefined ? undefined : { name, version };
}

/** What belongs to the framework whose file this is: its folder, and beside `shared` the host, which is built with it. */
export function frameworkContents(path: string): { readonly folders: readonly string[]; readonly files: readonly string[] } {
  const folder = parentPath(path);
  if (sharedFramework(path)?.name !== 'Microsoft.NETCore.App') return { folders: [folder], files: [] };
  const installation = parentPath(parentPath(parentPath(folder)));
  return { folders: [folder, joinPath(installation, 'host')], files: [joinPath(installation, 'dotnet')] };
}

/** Libraries of the machine that lie beside a program that brings its own runtime. */
export const nativeRuntimeFiles: readonly string[] = [
  'createdump',
  ...[
    'clretwrc', 'clrgc', 'clrgcexp', 'clrjit', 'coreclr', 'coreclrtraceptprovider', 'dbgshim', 'hostfxr', 'hostpolicy', 'mscordaccore', 'mscordbi', 'System.Globalization.Native',
    'System.IO.Compression.Native', 'System.Native', 'System.Net.Security.Native', 'System.Security.Cryptography.Native.OpenSsl', 'System.IO.Ports.Native',
  ].map((name) => `lib${name}.so`),
];
