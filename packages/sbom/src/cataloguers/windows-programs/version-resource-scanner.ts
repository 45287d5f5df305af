import type { Extraction, FileScanner } from '../cataloguer.js';
import { parseVersionResource, type VersionResource } from '../parse-version-resource.js';
import { parsePeHeader, peHeaderBytes } from '../pe-header.js';
import { StreamCapture } from '../stream-capture.js';

/** Icons and dialogues may come before the version. */
const maximumResourceBytes = 4 * 1024 * 1024;

/** Reads the version resource of a program or library of Windows that is no assembly of .NET; those are read by their own metadata. */
export class VersionResourceScanner implements FileScanner<VersionResource> {
  readonly #head = new StreamCapture(0, peHeaderBytes);
  readonly #sizeBytes: number;
  #resources: StreamCapture | undefined;
  #offset = 0;

  constructor(sizeBytes: number) {
    this.#sizeBytes = sizeBytes;
  }

  push(bytes: Buffer): boolean {
    const offset = this.#offset;
    this.#offset += bytes.length;
    this.#head.push(bytes, offset);
    if (this.#resources === undefined) {
      if (!this.#head.isFull && this.#offset < this.#sizeBytes) return true;
      const head = this.#head.content();
      const header = parsePeHeader(head);
      if (header?.resources === undefined || header.cliHeader !== undefined) return false;
      this.#resources = new StreamCapture(header.resources.offset, Math.min(header.resources.sizeBytes, maximumResourceBytes));
      // Pieces before this one are gone, except for what was kept of them.
      this.#resources.push(head, 0);
    }
    this.#resources.push(bytes, offset);
    return !this.#resources.isFull;
  }

  finish(): Extraction<VersionResource> {
    if (this.#resources === undefined) return {};
    try {
      const resource = parseVersionResource(this.#resources.content());
      return resource.product === undefined && resource.description === undefined ? {} : { fact: resource };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { diagnostics: [{ code: 'windows-programs-unreadable-version', severity: 'notice', message: 'The version resource of the program cannot be read.' }] };
    }
  }
}
