import type { Digest } from '@esscm/oci-client';
import type { RegistryImage } from '@esscm/registry-core';

/** What images of a repository can be sorted by. Unknown values come last either way. */
export type ImageOrder = 'newest' | 'oldest' | 'largest' | 'smallest' | 'last-pulled' | 'tag';

const kinds = ['image', 'index', 'artifact', 'unknown'] as const satisfies readonly RegistryImage['kind'][];
const archivedBit = 4;
const digestBytes = 32;
const sha256 = 'sha256:';
/** A shorter text is in almost every digest. */
const partOfDigest = /^(?:sha256:[0-9a-f]*|[0-9a-f]{7,})$/;
const initialRows = 256;
/** Of a digest, as a number that is exact: too many for two images of one repository to share them by chance. */
const keyBytes = 6;
/** Of a row beside its tags. */
const bytesOfRow = digestBytes + 3 * 8 + 1 + 8 + 40;

/**
 * The images of one repository in columns rather than objects, because a repository may have a hundred thousand: about a
 * hundred bytes each.
 */
export class ImageList {
  #length = 0;
  #digests = Buffer.alloc(initialRows * digestBytes);
  #sizes = new Float64Array(initialRows);
  #pushed = new Float64Array(initialRows);
  #pulled = new Float64Array(initialRows);
  #flags = new Uint8Array(initialRows);
  /** Tags of an image, a blank between them: no tag has one. */
  readonly #tags: string[] = [];
  /** Of the few that have one. */
  readonly #artifactTypes = new Map<number, string>();
  #tagBytes = 0;
  /** Rows by the first bytes of their digest. */
  readonly #rows = new Map<number, number>();
  readonly #orders = new Map<ImageOrder, Uint32Array>();

  get length(): number {
    return this.#length;
  }

  get bytes(): number {
    return 4096 + this.#flags.length * bytesOfRow + this.#tagBytes + this.#artifactTypes.size * 100;
  }

  /** Joins an image that was there before, as a registry that knows only tags gives it, with its further tags. */
  add(page: readonly RegistryImage[]): void {
    this.#reserve(this.#length + page.length);
    for (const image of page) {
      const row = this.#length;
      this.#digests.write(image.digest.slice(sha256.length), row * digestBytes, 'hex');
      const key = this.#digests.readUIntBE(row * digestBytes, keyBytes);
      const known = this.#rows.get(key);
      if (known !== undefined && this.#compareDigestBytes(known, row) === 0) {
        this.#addTags(known, image.tags);
        continue;
      }
      this.#rows.set(key, row);
      this.#sizes[row] = image.sizeBytes ?? Number.NaN;
      this.#pushed[row] = image.pushedAt?.getTime() ?? Number.NaN;
      this.#pulled[row] = image.lastPulledAt?.getTime() ?? Number.NaN;
      this.#flags[row] = kinds.indexOf(image.kind) + (image.status === 'archived' ? archivedBit : 0);
      const tags = image.tags.join(' ');
      this.#tags.push(tags);
      this.#tagBytes += 16 + tags.length;
      if (image.artifactType !== undefined) this.#artifactTypes.set(row, image.artifactType);
      this.#length += 1;
    }
    this.#orders.clear();
  }

  /** The image of a row; rows count from 0 in the order of arrival. */
  at(row: number): RegistryImage {
    const size = this.#sizes[row] ?? Number.NaN;
    const pushedAt = dateOf(this.#pushed[row]);
    const lastPulledAt = dateOf(this.#pulled[row]);
    const flags = this.#flags[row] ?? 0;
    const artifactType = this.#artifactTypes.get(row);
    return {
      digest: this.#digestOf(row),
      tags: this.#tagsOf(row),
      ...(!Number.isNaN(size) && { sizeBytes: size }),
      ...(pushedAt !== undefined && { pushedAt }),
      ...(lastPulledAt !== undefined && { lastPulledAt }),
      kind: kinds[flags % archivedBit] ?? 'unknown',
      ...(artifactType !== undefined && { artifactType }),
      status: flags >= archivedBit ? 'archived' : 'active',
    };
  }

  /** Every image, in the order of arrival. */
  *images(): Generator<RegistryImage, void, undefined> {
    for (let row = 0; row < this.#length; row += 1) yield this.at(row);
  }

  /** Whether the text, in lower case, is part of a tag or, when it looks like one, of the digest. */
  matches(row: number, text: string): boolean {
    return (this.#tags[row] ?? '').toLowerCase().includes(text) || (partOfDigest.test(text) && this.#digestOf(row).includes(text));
  }

  /** Sizes of rows together; undefined as soon as one is not known. */
  sizeOf(rows: ArrayLike<number>): number | undefined {
    let sum = 0;
    for (let index = 0; index < rows.length; index += 1) sum += this.#sizes[rows[index] ?? 0] ?? Number.NaN;
    return Number.isNaN(sum) ? undefined : sum;
  }

  /** Rows in an order; equal ones by digest, so that the order is the same at every reading. */
  ordered(order: ImageOrder): Uint32Array {
    const known = this.#orders.get(order);
    if (known !== undefined) return known;
    const rows = Uint32Array.from({ length: this.#length }, (_, row) => row);
    const compare = this.#comparison(order);
    rows.sort((one, other) => compare(one, other) || this.#compareDigests(one, other));
    this.#orders.set(order, rows);
    return rows;
  }

  #comparison(order: ImageOrder): (one: number, other: number) => number {
    switch (order) {
      case 'newest':
        return descending(this.#pushed);
      case 'oldest':
        return ascending(this.#pushed);
      case 'largest':
        return descending(this.#sizes);
      case 'smallest':
        return ascending(this.#sizes);
      case 'last-pulled':
        return descending(this.#pulled);
      case 'tag':
        return (one, other) => compareTagTexts(this.#tags[one] ?? '', this.#tags[other] ?? '');
    }
  }

  #addTags(row: number, tags: readonly string[]): void {
    const before = this.#tags[row] ?? '';
    const joined = [...new Set([...this.#tagsOf(row), ...tags])].join(' ');
    this.#tags[row] = joined;
    this.#tagBytes += joined.length - before.length;
  }

  #compareDigests(one: number, other: number): number {
    return this.#compareDigestBytes(one, other) || one - other;
  }

  #compareDigestBytes(one: number, other: number): number {
    const at = (row: number) => this.#digests.subarray(row * digestBytes, (row + 1) * digestBytes);
    return Buffer.compare(at(one), at(other));
  }

  #digestOf(row: number): Digest {
    return `sha256:${this.#digests.toString('hex', row * digestBytes, (row + 1) * digestBytes)}`;
  }

  #tagsOf(row: number): readonly string[] {
    const text = this.#tags[row] ?? '';
    return text === '' ? [] : text.split(' ');
  }

  #reserve(rows: number): void {
    if (rows <= this.#flags.length) return;
    const capacity = Math.max(rows, 2 * this.#flags.length);
    this.#digests = Buffer.concat([this.#digests], capacity * digestBytes);
    this.#sizes = grown(this.#sizes, capacity);
    this.#pushed = grown(this.#pushed, capacity);
    this.#pulled = grown(this.#pulled, capacity);
    const flags = new Uint8Array(capacity);
    flags.set(this.#flags);
    this.#flags = flags;
  }
}

function grown(column: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(capacity);
  larger.set(column);
  return larger;
}

function dateOf(ms: number | undefined): Date | undefined {
  return ms === undefined || Number.isNaN(ms) ? undefined : new Date(ms);
}

function descending(column: Float64Array): (one: number, other: number) => number {
  return (one, other) => (column[other] ?? Number.NaN) - (column[one] ?? Number.NaN) || compareUnknown(column, one, other);
}

function ascending(column: Float64Array): (one: number, other: number) => number {
  return (one, other) => (column[one] ?? Number.NaN) - (column[other] ?? Number.NaN) || compareUnknown(column, one, other);
}

function compareUnknown(column: Float64Array, one: number, other: number): number {
  return Number(Number.isNaN(column[one])) - Number(Number.isNaN(column[other]));
}

function compareTagTexts(one: string, other: string): number {
  if ((one === '') !== (other === '')) return one === '' ? 1 : -1;
  return one < other ? -1 : Number(one > other);
}
