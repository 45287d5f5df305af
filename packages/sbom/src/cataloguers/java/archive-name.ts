import { baseName } from '../../layers/layer-path.js';

/** Endings of archives of Java: programs, libraries, applications, plugins and adapters. */
export const archiveEndings = ['jar', 'war', 'ear', 'par', 'sar', 'nar', 'jpi', 'hpi', 'kar', 'far', 'lpkg', 'rar'];

const archivePattern = new RegExp(String.raw`\.(?:${archiveEndings.join('|')})$`, 'i');

/** Extensions that other formats have as well: without a ZIP's first bytes such a file is none of Java's. */
const sharedPattern = /\.(?:par|sar|nar|kar|far|rar)$/i;

/** Whether a path ends as archives of Java do. */
export function isJavaArchiveName(path: string): boolean {
  const last = path.charCodeAt(path.length - 1) | 0x20;
  return (last === 0x72 || last === 0x69 || last === 0x67) && archivePattern.test(path);
}

/** Whether the extension means an archive of Java and nothing else. */
export function isJavaArchiveNameAlone(path: string): boolean {
  return !sharedPattern.test(path);
}

/** The file name without its extension. */
export function archiveStem(path: string): string {
  return baseName(path).replace(archivePattern, '');
}
