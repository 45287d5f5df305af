import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';
import type { DownloadedFile, Downloads } from '../downloads.js';
import { publicFeeds } from '../feed-addresses.js';
import { addressIn } from '../feed.js';
import { childOf, childText, XmlElements } from '../xml-elements.js';
import type { AmazonRepository } from './repositories.js';

const maximumListBytes = 1024 * 1024;
const maximumIndexBytes = 16 * 1024 * 1024;
const maximumUpdateinfoBytes = 512 * 1024 * 1024;

/** The notices of one repository, as its index names them. */
export interface FetchedUpdateinfo {
  readonly repository: string;
  readonly file: DownloadedFile;
}

/**
 * Follows a repository to its notices: the list names a place that changes with every publication, the index there names the
 * file and its checksum. Undefined for a repository without notices. `base` stands for the public address in the list.
 * @throws VulnerabilitiesError `feed-malformed`, `bundle-damaged`, `download-failed`.
 */
export async function fetchUpdateinfo(repository: AmazonRepository, base: string, downloads: Downloads): Promise<FetchedUpdateinfo | undefined> {
  const list = repository.isRequired ? await downloads.file(repository.mirrorList, maximumListBytes) : await downloads.optionalFile(repository.mirrorList, maximumListBytes);
  if (list === undefined) return undefined;
  const place = placeOf(await readFile(list.path, 'utf8'), repository.mirrorList, base);
  const index = await downloads.unchanging(addressIn(place, 'repodata/repomd.xml'), maximumIndexBytes);
  const entry = readIndex(await readFile(index.path));
  if (entry === undefined) return undefined;
  const file = await downloads.unchanging(addressIn(place, entry.path), maximumUpdateinfoBytes);
  const sum = createHash('sha256').update(await readFile(file.path)).digest('hex');
  if (entry.sha256 !== undefined && sum !== entry.sha256) {
    await downloads.discard(file);
    throw new VulnerabilitiesError('bundle-damaged', `The notices of ${repository.name} do not have the checksum their index states.`, 'Update again; the records in use stay.');
  }
  return { repository: repository.name, file };
}

/** The first line; only places of Amazon, or below the place the list itself comes from. */
export function placeOf(list: string, listAddress: string, base: string): string {
  const [line = ''] = list.split('\n', 1);
  const rebased = line.trim().startsWith(publicFeeds.amazonLinux) ? addressIn(base, line.trim().slice(publicFeeds.amazonLinux.length)) : line.trim();
  if (rebased !== '' && URL.canParse(rebased, listAddress)) {
    const place = new URL(rebased, listAddress);
    const isAmazons = /^https?:$/.test(place.protocol) && /\.(?:amazonaws\.com|amazonlinux\.com)$/.test(place.hostname);
    if (isAmazons || place.href.startsWith(new URL('/', base).href)) return place.href;
  }
  throw new VulnerabilitiesError('feed-malformed', `${listAddress} names no place of a repository of Amazon Linux.`, 'Check the address of the feed; the records in use stay.');
}

/** Where an index says that the notices are; undefined when it has none. */
export function readIndex(repomd: Uint8Array): { readonly path: string; readonly sha256: string | undefined } | undefined {
  let found: { path: string; sha256: string | undefined } | undefined;
  const elements = new XmlElements(['data'], (data) => {
    if (data.attributes['type'] !== 'updateinfo') return;
    const path = childOf(data, 'location')?.attributes['href'] ?? '';
    if (!/^[\w./+-]{1,200}$/.test(path) || path.includes('..')) throw new VulnerabilitiesError('feed-malformed', 'The index of a repository names no file for its notices.', 'Update again; the records in use stay.');
    found = { path, sha256: childOf(data, 'checksum')?.attributes['type'] === 'sha256' ? childText(data, 'checksum') : undefined };
  });
  elements.write(repomd);
  elements.end();
  return found;
}
