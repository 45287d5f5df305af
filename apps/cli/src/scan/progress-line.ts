import type { ScanEngineProgress } from '@esscm/scan-engine';

/** Where progress is told; standard error is one. */
export interface ProgressOutput {
  readonly isTTY: boolean;
  write(text: string): unknown;
}

export interface ProgressLine {
  show(progress: ScanEngineProgress): void;
  /** Leaves the terminal as it was. */
  end(): void;
}

/** Progress: one line that is rewritten in a terminal, a line a stage elsewhere. */
export function createProgressLine(output: ProgressOutput): ProgressLine {
  let last = '';
  let shown = false;
  return {
    show(progress) {
      const text = output.isTTY ? describeProgress(progress) : stageNames[progress.stage];
      if (text === last) return;
      last = text;
      shown = true;
      output.write(output.isTTY ? `\r\u001B[K${text}` : `${text}\n`);
    },
    end() {
      if (shown && output.isTTY) output.write('\r\u001B[K');
    },
  };
}

const stageNames: Record<ScanEngineProgress['stage'], string> = {
  resolve: 'Resolving the reference',
  pull: 'Reading layers',
  catalogue: 'Putting the catalogue together',
  match: 'Holding the packages against advisories',
};

/** One line about where the scan is: `Reading layers: 3 of 8, 41.2 of 199.0 MB`. */
export function describeProgress(progress: ScanEngineProgress): string {
  const name = stageNames[progress.stage];
  if (progress.stage !== 'pull') return name;
  const cached = progress.layersCached > 0 ? `, ${progress.layersCached} known already` : '';
  return `${name}: ${progress.layersDone} of ${progress.layersTotal}${cached}, ${megabytes(progress.bytesDone)} of ${megabytes(progress.bytesTotal)} MB`;
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
