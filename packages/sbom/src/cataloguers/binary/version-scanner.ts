import { baseName } from '../../layers/layer-path.js';
import type { Extraction, FileScanner } from '../cataloguer.js';
import { windowBytes, type ClassifierRule, type VersionPattern } from './classifier-rule.js';

/** A product and its version, told by the bytes of a file. */
export interface BinaryFact {
  readonly product: string;
  readonly version: string;
}

const maximumVersionLength = 64;

interface Search {
  readonly rule: ClassifierRule;
  readonly patterns: readonly { readonly needle: Buffer; readonly pattern: VersionPattern }[];
  /** Position of the first pattern that matched, and what it said. */
  found: { readonly rank: number; readonly version: string } | undefined;
}

/**
 * Searches a file for the versions of the products it may be. Only a little more than the text around an anchor is kept of
 * what has come by.
 */
export class VersionScanner implements FileScanner<readonly BinaryFact[]> {
  readonly #searches: readonly Search[];
  /** Bytes that were searched, but whose anchors may not have had all of their text yet. */
  #tail: Buffer = Buffer.alloc(0);
  /** Position in it of the first byte at which no anchor was looked for. */
  #pending = 0;

  constructor(path: string, rules: readonly ClassifierRule[]) {
    const name = baseName(path);
    this.#searches = rules.map((rule) => {
      const patterns = typeof rule.patterns === 'function' ? rule.patterns(name) : rule.patterns;
      return { rule, patterns: patterns.map((pattern) => ({ needle: Buffer.from(pattern.anchor, 'latin1'), pattern })), found: undefined };
    });
  }

  push(bytes: Buffer): boolean {
    const { before, behind } = windowBytes;
    if (bytes.length < before + behind) this.#pushLittle(bytes);
    else {
      // Only what lies across the two pieces is copied.
      const seam = Buffer.concat([this.#tail, bytes.subarray(0, before + behind)]);
      this.#search(seam, this.#pending, this.#tail.length + before);
      this.#search(bytes, before, bytes.length - behind);
      this.#tail = Buffer.from(bytes.subarray(bytes.length - behind - before));
      this.#pending = before;
    }
    return this.#searches.some(({ found, patterns }) => patterns.length > 0 && found?.rank !== 0);
  }

  #pushLittle(bytes: Buffer): void {
    const window = Buffer.concat([this.#tail, bytes]);
    // An anchor this near the end waits for the next piece.
    const end = Math.max(this.#pending, window.length - windowBytes.behind);
    this.#search(window, this.#pending, end);
    const kept = Math.max(0, end - windowBytes.before);
    this.#tail = Buffer.from(window.subarray(kept));
    this.#pending = end - kept;
  }

  finish(): Extraction<readonly BinaryFact[]> {
    this.#search(this.#tail, this.#pending, this.#tail.length);
    const told = this.#searches.filter(({ found }) => found !== undefined);
    const hidden = new Set(told.flatMap(({ rule }) => rule.insteadOf ?? []));
    const facts = told.flatMap(({ rule: { product }, found }) => (found === undefined || hidden.has(product) ? [] : [{ product, version: found.version }]));
    return facts.length === 0 ? {} : { fact: facts };
  }

  /** Looks at the anchors that begin between two positions. */
  #search(window: Buffer, start: number, end: number): void {
    for (const search of this.#searches) {
      for (const [rank, { needle, pattern }] of search.patterns.entries()) {
        if (search.found !== undefined && search.found.rank <= rank) break;
        const version = firstVersion(window, needle, pattern, start, end);
        if (version !== undefined) search.found = { rank, version };
      }
    }
  }
}

function firstVersion(window: Buffer, needle: Buffer, { version }: VersionPattern, start: number, end: number): string | undefined {
  for (let at = window.indexOf(needle, start); at >= 0 && at < end; at = window.indexOf(needle, at + 1)) {
    const text = window.toString('latin1', Math.max(0, at - windowBytes.before), at + windowBytes.behind);
    const found = version.exec(text)?.groups?.['version'];
    if (found !== undefined && found.length <= maximumVersionLength) return found;
  }
  return undefined;
}
