import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { Downloads } from '../advisories/downloads.js';
import type { Fetch, Validators } from '../advisories/download.js';
import type { BuildOptions } from '../database/generation-folder.js';
import type { BundleHeader } from './bundle-header.js';
import { importBundle } from './import-bundle.js';

export interface UpdateFromBundleOptions extends BuildOptions {
  readonly signal: AbortSignal;
  /** The standard one when absent. */
  readonly fetch?: Fetch;
  /** Milliseconds before a broken transfer is continued; 1000 when absent. */
  readonly patienceMs?: number;
}

const maximumBundleBytes = 16 * 1024 * 1024 * 1024;
const originSchema = z.object({ address: z.string(), etag: z.string().optional(), lastModified: z.string().optional() });

/**
 * Brings a folder of generations up to date with a bundle that another machine publishes, over http, https or from a file:
 * address. Undefined when the bundle is the one brought last. The way for many scanners to share what one of them fetches.
 * @throws VulnerabilitiesError as `importBundle`, and `download-failed`.
 */
export async function updateFromBundle(folder: string, address: string, options: UpdateFromBundleOptions): Promise<BundleHeader | undefined> {
  const record = path.join(folder, 'bundle-origin.json');
  const downloads = new Downloads({ folder: path.join(folder, 'downloads'), fetch: options.fetch ?? globalThis.fetch, signal: options.signal, patienceMs: options.patienceMs ?? 1_000 });
  const found = await downloads.file(address, maximumBundleBytes, await origin(record, address));
  if (found === undefined) return undefined;
  const header = await importBundle(folder, found.path, options);
  await writeFile(`${record}.tmp`, JSON.stringify({ address, etag: found.etag, lastModified: found.lastModified }));
  await rename(`${record}.tmp`, record);
  await downloads.discard(found);
  return header;
}

async function origin(record: string, address: string): Promise<Validators | undefined> {
  const parsed = originSchema.safeParse(JSON.parse(await readFile(record, 'utf8').catch(() => 'null')));
  return parsed.success && parsed.data.address === address ? { etag: parsed.data.etag, lastModified: parsed.data.lastModified } : undefined;
}
