import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../../../..');
/** Beside the repository, or beside the folder its working trees are in. */
const places = ['..', '../..'].map((up) => path.resolve(repository, up, 'shared', 'fixtures'));
const folder = places.find((place) => existsSync(place));

/** Text of a file of the larger collection of fixtures that may stand beside the repository. */
export function readSharedFixture(name: string): string {
  return readFileSync(path.join(folder ?? '', name), 'utf8');
}

/** Bytes of such a file. */
export function readSharedFixtureBytes(name: string): Buffer {
  return readFileSync(path.join(folder ?? '', name));
}

/** Whether the larger collection of fixtures is there. */
export const hasSharedFixtures = folder !== undefined;

/** Files below a folder of that collection whose path ends so; none when it is not there. */
export function sharedFixtures(below: string, ending: string): readonly string[] {
  if (folder === undefined) return [];
  return readdirSync(path.join(folder, below), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => path.join(below, name))
    .sort();
}
