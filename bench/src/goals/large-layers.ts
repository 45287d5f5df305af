import { file, type LayerEntries } from '@esscm/testkit';
import { storedZip } from '../fixtures/stored-zip.js';
import { goProgram } from './go-program.js';
import { endOfArchive, excerpts, members, noise, program, seeded, system, type MadeLayer } from './made-content.js';

const megabyte = 1_000_000;

/** Parts until there are so many bytes, then the end of the archive. */
function* until(bytes: number, part: (index: number) => LayerEntries): Generator<Buffer> {
  let index = 0;
  for (let written = 0; written < bytes; index += 1) {
    const made = members(part(index));
    written += made.length;
    yield made;
  }
  yield endOfArchive;
}

/** The base of a distribution: its package database, small programs, and what they say of themselves. */
function packageDatabase(bytes: number): Generator<Buffer> {
  const random = seeded(11);
  const excerpt = excerpts(random);
  return until(bytes, (index) => ({
    ...(index === 0 ? system(90) : {}),
    [`usr/bin/made-${index}`]: file(program(random, 120_000, 28), 0o755),
    [`usr/share/doc/made-${index}/copyright`]: `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nCopyright: made\nLicense: Expat\n ${excerpt(900)}\n`,
    ...Object.fromEntries(Array.from({ length: 8 }, (_, part) => [`usr/share/locale/made-${index}/${part}.mo`, excerpt(4000 + Math.floor(random() * 20_000))])),
  }));
}

/** Packages of the system added to it: libraries, headers and larger texts, and the database with all of them. */
function programsAndTexts(bytes: number): Generator<Buffer> {
  const random = seeded(12);
  const excerpt = excerpts(random);
  return until(bytes, (index) => ({
    ...(index === 0 ? system(600) : {}),
    [`usr/lib/x86_64-linux-gnu/libmade-${index}.so.1`]: file(program(random, 500_000, 28), 0o644),
    [`usr/share/made-${index}/data.txt`]: excerpt(200_000),
    ...Object.fromEntries(Array.from({ length: 30 }, (_, part) => [`usr/include/made-${index}/header-${part}.h`, excerpt(1000 + Math.floor(random() * 8000))])),
  }));
}

/** Archives of Java with the coordinates Maven leaves in them. */
function javaArchives(bytes: number): Generator<Buffer> {
  const random = seeded(13);
  return until(bytes, (index) => {
    const artifact = `made-${index}`;
    const version = `2.${index}.0`;
    const classes = Array.from({ length: 120 }, (_, part) => [`org/example/made/Class${part}.class`, noise(random, 1000 + Math.floor(random() * 6000))] as const);
    const archive = storedZip({
      'META-INF/MANIFEST.MF': Buffer.from(`Manifest-Version: 1.0\r\nImplementation-Title: ${artifact}\r\nImplementation-Version: ${version}\r\n\r\n`),
      [`META-INF/maven/org.example/${artifact}/pom.properties`]: Buffer.from(`groupId=org.example\nartifactId=${artifact}\nversion=${version}\n`),
      ...Object.fromEntries(classes),
    });
    return { [`usr/share/java/${artifact}-${version}.jar`]: archive };
  });
}

/** Packages of npm: many small files, two of them such as a scanner looks at. */
function npmPackages(bytes: number): Generator<Buffer> {
  const random = seeded(14);
  const excerpt = excerpts(random);
  return until(bytes, (index) => {
    const folder = `srv/app/node_modules/made-${index}`;
    const dependencies = Object.fromEntries([1, 2, 3].filter((below) => index >= below).map((below) => [`made-${index - below}`, '^1.0.0']));
    return {
      [`${folder}/package.json`]: JSON.stringify({ name: `made-${index}`, version: `1.0.${index}`, license: 'MIT', description: excerpt(80), author: { name: 'Made' }, dependencies }),
      [`${folder}/LICENSE`]: excerpt(1000),
      ...Object.fromEntries(Array.from({ length: 60 }, (_, part) => [`${folder}/lib/file-${part}.js`, excerpt(300 + Math.floor(random() * 12_000))])),
    };
  });
}

/** Large programs of Go, each with a hundred modules in it. */
function goPrograms(bytes: number): Generator<Buffer> {
  const random = seeded(15);
  return until(bytes, (index) => ({ [`usr/local/bin/go-${index}`]: file(goProgram(random, 35 * megabyte, `go-${index}`, 100), 0o755) }));
}

/** The five shapes that layers of large images have, 1.7 GB in all, base first. `share` makes less of each. */
export function largeLayers(share = 1): readonly MadeLayer[] {
  const bytes = (megabytes: number): number => megabytes * megabyte * share;
  return [
    { name: 'package database', bytes: () => packageDatabase(bytes(120)) },
    { name: 'programs and texts', bytes: () => programsAndTexts(bytes(470)) },
    { name: 'Java archives', bytes: () => javaArchives(bytes(280)) },
    { name: 'npm packages', bytes: () => npmPackages(bytes(540)) },
    { name: 'programs of Go', bytes: () => goPrograms(bytes(290)) },
  ];
}
