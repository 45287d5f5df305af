import { baseName } from '../../layers/layer-path.js';
import { parseElfHeader } from '../elf-header.js';
import { isUniversalProgram } from '../universal-program.js';

/** What a file that may be software is. */
export type ExecutableKind = 'program' | 'library' | 'archive';

/** Endings of archives; the last four after `.tar`. */
export const archiveEndings = ['zip', 'jar', 'war', 'ear', 'par', 'phar', 'whl', 'egg', 'deb', 'rpm', 'apk', 'gem', 'nupkg', '7z', 'tgz', 'tar', 'gz', 'xz', 'bz2', 'zst'];

const archiveEnding = /\.(?:zip|jar|war|ear|par|phar|whl|egg|deb|rpm|apk|gem|nupkg|7z|tgz|tar(?:\.(?:gz|xz|bz2|zst))?)$/i;

/** First bytes of archives: zip, gzip, xz, bzip2, zstd, 7z, Debian's ar, rpm; of a PHP archive, which is a script. */
const archiveMagic = ['504b0304', '504b0506', '1f8b', 'fd377a585a00', '425a68', '28b52ffd', '377abcaf271c', '213c617263683e0a', 'edabeedb', '23212f', '3c3f706870'].map(
  (bytes) => Buffer.from(bytes, 'hex'),
);
/** Mach-O in each width and byte order. */
const machMagic = new Set(['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe']);

/** Whether a name is that of an archive that programs or packages come in. */
export function isArchiveName(path: string): boolean {
  return archiveEnding.test(path);
}

/** Tells by name and first bytes whether a file is a program, a shared library or an archive. */
export function fileKind(path: string, head: Buffer): ExecutableKind | undefined {
  const name = baseName(path);
  if (isArchiveName(name)) {
    const isTar = head.length >= 64 && name.toLowerCase().endsWith('.tar');
    return isTar || archiveMagic.some((magic) => head.subarray(0, magic.length).equals(magic)) ? 'archive' : undefined;
  }
  if (parseElfHeader(head) !== undefined) return /\.so(?:\.|$)|\.node$/.test(name) ? 'library' : 'program';
  if (head.length >= 64 && head.toString('latin1', 0, 2) === 'MZ') {
    return /\.(?:exe|com)$/i.test(name) ? 'program' : /\.(?:dll|pyd)$/i.test(name) ? 'library' : undefined;
  }
  if ((head.length >= 4 && machMagic.has(head.toString('hex', 0, 4))) || isUniversalProgram(head)) return /\.(?:dylib|so|bundle|node)$/.test(name) ? 'library' : 'program';
  return undefined;
}
