import { readFile, stat } from 'node:fs/promises';
import { createDialPolicy, fetchDocument } from '@esscm/oci-client';
import { readVex, VulnerabilitiesError } from '@esscm/vulnerabilities';
import type { VexDocument } from '@esscm/vulnerabilities';
import { withRemedies } from '../advisories/advisory-folder.js';
import { CommandError } from '../exit-codes.js';
import type { AttachedFile } from './attached-files.js';

const limitBytes = 64 * 1024 * 1024;

/** Reads documents from files and https addresses, in order. @throws CommandError naming the one that cannot be read; OciError */
export async function readVexDocuments(places: readonly string[], signal: AbortSignal): Promise<VexDocument[]> {
  const documents: VexDocument[] = [];
  for (const place of places) {
    const text = /^https?:\/\//i.test(place) ? (await fetchDocument(place, { dialer: userDialer(), limitBytes, signal })).toString('utf8') : await readLocal(place);
    documents.push(await withRemedies(() => Promise.resolve(readVex(text, { location: place }))));
  }
  return documents;
}

/** Those of the files attached to an image that are VEX documents with something to say; each is read as it comes. */
export async function vexAmong(files: AsyncIterable<AttachedFile>): Promise<VexDocument[]> {
  const documents: VexDocument[] = [];
  for await (const { text, location, attachedTo } of files) {
    try {
      const document = readVex(text, { location, attachedTo: [attachedTo] });
      if (document.statements.length > 0) documents.push(document);
    } catch (error) {
      // Signatures and SBOMs are attached too.
      if (!(error instanceof VulnerabilitiesError)) throw error;
    }
  }
  return documents;
}

/** Private networks may be reached: the person at the terminal could anyway. */
function userDialer(): ReturnType<typeof createDialPolicy> {
  return createDialPolicy({ allowLoopback: true, allowPrivateNetworks: ['0.0.0.0/0', '::/0'] });
}

async function readLocal(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > limitBytes) throw new CommandError(`${file} is larger than any VEX document.`, { remedy: 'Give one document at a time.' });
  return readFile(file, 'utf8');
}
