import { archiveStem } from './archive-name.js';

/** What the folders of a repository on disk say of an archive in it. */
export interface RepositoryCoordinates {
  readonly group: string;
  readonly name: string;
  readonly version: string;
}

/** Where Maven's layout begins: its own local repository, that of its container images, Debian's, and the mirrors that coursier keeps. */
const mavenLayout = /(?:^|\/)(?:\.?m2\/repository|maven\/ref\/repository|maven-repo|maven2)\/((?:[A-Za-z0-9_][\w.-]*\/)+)([^/]+)\/([^/]+)\/[^/]+$/;
/** Gradle's cache: a folder each for group, artefact and version, and one for the file's own digest. */
const gradleLayout = /(?:^|\/)files-2\.1\/([^/]+)\/([^/]+)\/([^/]+)\/[0-9a-f]{1,40}\/[^/]+$/;

/** Archives beside an artefact that are not it. */
const companions = /^-(?:sources|javadoc|tests?|test-sources)$/;

/**
 * Coordinates by the path of an archive in the local repository of a build tool, which puts it there by them: the name of the
 * file has to repeat artefact and version.
 */
export function repositoryCoordinates(path: string): RepositoryCoordinates | undefined {
  const maven = mavenLayout.exec(path);
  const gradle = maven === null ? gradleLayout.exec(path) : undefined;
  const [, folders = '', name = '', version = ''] = maven ?? gradle ?? [];
  const stem = archiveStem(path);
  const expected = `${name}-${version}`;
  if (name === '' || !/^v?\d/i.test(version) || !stem.startsWith(expected)) return undefined;
  // Behind the version may stand what tells several archives of it apart.
  const classifier = stem.slice(expected.length);
  if ((classifier !== '' && !classifier.startsWith('-')) || companions.test(classifier)) return undefined;
  return { group: maven === null ? folders : folders.slice(0, -1).replaceAll('/', '.'), name, version };
}
