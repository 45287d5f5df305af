import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { esscm } from '../command.js';
import { measureEnding } from '../measure.js';
import { hostileImages, type HostileImage } from './hostile-image.js';
import { writeStreamedLayout } from '../write-streamed-layout.js';

/** What the status of `esscm scan` means. */
const endings: Readonly<Record<number, HostileImage['ends']>> = { 0: 'whole', 1: 'refused', 3: 'partial' };

/** Scans images made to break a scanner. Each has to end as its row says, in words, and in bounded memory. */
export async function benchHostile(): Promise<void> {
  const rows = [];
  for (const image of hostileImages) {
    const folder = mkdtempSync(join(tmpdir(), 'esscm-hostile-'));
    try {
      await writeStreamedLayout(folder, image);
      const { status, standardError, wallSeconds, peakMegabytes } = await measureEnding(esscm, ['scan', `oci:${folder}`, '--format', 'cyclonedx-json']);
      const ended = endings[status ?? -1] ?? `status ${status}`;
      if (ended !== image.ends) process.exitCode = 1;
      rows.push({ image: image.what, ended: ended === image.ends ? ended : `${ended}, not ${image.ends}`, s: wallSeconds.toFixed(1), 'peak MB': peakMegabytes.toFixed(0) });
      process.stderr.write(`${image.what}: ${lastWords(standardError)}\n`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  console.table(rows);
}

/** The line that says why, without those of the progress. */
function lastWords(standardError: string): string {
  const lines = standardError.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  return (lines.find((line) => line.startsWith('esscm:')) ?? lines.at(-1) ?? 'nothing').slice(0, 220);
}
