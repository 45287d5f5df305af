import type { Extraction, FileScanner } from '../cataloguer.js';
import { AssemblyScanner } from './assembly-scanner.js';
import { BundleScanner } from './bundle-scanner.js';
import type { DotnetFact } from './dotnet-fact.js';

/**
 * Reads a program of Windows, which may be an assembly itself, or start one from a bundle at its end. Which of the two only
 * its headers tell, behind the first 64 bytes.
 */
export class WindowsProgramScanner implements FileScanner<DotnetFact> {
  readonly #scanners: readonly FileScanner<DotnetFact>[];
  #reading: readonly FileScanner<DotnetFact>[];

  /** @param head the first 64 bytes */
  constructor(head: Buffer, sizeBytes: number) {
    const bundle = BundleScanner.of(head, sizeBytes);
    this.#scanners = [new AssemblyScanner(sizeBytes), ...(bundle === undefined ? [] : [bundle])];
    this.#reading = this.#scanners;
  }

  push(bytes: Buffer): boolean {
    this.#reading = this.#reading.filter((scanner) => scanner.push(bytes));
    return this.#reading.length > 0;
  }

  finish(): Extraction<DotnetFact> {
    return this.#scanners.map((scanner) => scanner.finish()).find(({ fact, diagnostics }) => fact !== undefined || diagnostics !== undefined) ?? {};
  }
}
