import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** When a source was last asked, and how that went. */
export interface SourceCheck {
  readonly source: string;
  /** RFC 3339; when it was last asked. */
  readonly checkedAt: string;
  /** RFC 3339; when it last answered as it should, with something new or not. */
  readonly currentAt: string | undefined;
  /** Why the last attempt failed. */
  readonly failure: string | undefined;
}

const checksSchema = z.record(z.string(), z.object({ checkedAt: z.string(), currentAt: z.string().optional(), failure: z.string().optional() }));

/** By name of the source. Empty where nothing was ever fetched. */
export async function readSourceChecks(folder: string): Promise<ReadonlyMap<string, SourceCheck>> {
  const text = await readFile(checksFile(folder), 'utf8').catch(() => '{}');
  const parsed = checksSchema.safeParse(parse(text));
  const entries = parsed.success ? Object.entries(parsed.data) : [];
  return new Map(entries.map(([source, { checkedAt, currentAt, failure }]) => [source, { source, checkedAt, currentAt, failure }]));
}

/** Remembers how asking went; `failure` is why a source did not answer as it should. `now` is RFC 3339. */
export async function writeSourceChecks(folder: string, now: string, outcomes: readonly { readonly source: string; readonly failure: Error | undefined }[]): Promise<void> {
  const checks = new Map(await readSourceChecks(folder));
  for (const { source, failure } of outcomes) {
    checks.set(source, { source, checkedAt: now, currentAt: failure === undefined ? now : checks.get(source)?.currentAt, failure: failure?.message });
  }
  const file = checksFile(folder);
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, JSON.stringify(Object.fromEntries([...checks].map(([name, { source: _, ...check }]) => [name, check]))));
  await rename(temporary, file);
}

function checksFile(folder: string): string {
  return path.join(folder, 'source-checks.json');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
