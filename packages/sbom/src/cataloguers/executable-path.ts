/** Endings of files that are no programs, which are most of an image: their content need not be looked at. */
const otherEndings: ReadonlySet<string> = new Set(
  (
    'a bz2 c cc class cnf conf cpp cjs crt css csv cts db eot gif gz h hpp htm html ico inc ini jar java jpeg jpg js json jsx ko la list lock ' +
    'log lua map md md5sums mjs mo mts o pc pem php pl pm png po properties py pyc pyi pyo rb rst scss sh sql sqlite svg tar tcl template ts tsv tsx ttf ' +
    'txt war woff woff2 xml xz yaml yml zip zst'
  ).split(' '),
);

/**
 * Whether a file may be a program or a shared library, judged by its name alone: a program may have any name and need
 * not be executable by anyone.
 */
export function mayBeExecutable(path: string): boolean {
  const dot = path.lastIndexOf('.');
  return dot <= path.lastIndexOf('/') || !otherEndings.has(path.slice(dot + 1));
}
