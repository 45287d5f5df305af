/** What PHP's `serialize` writes, as far as registries hold it; arrays keep their keys as texts. */
export type PhpValue = string | number | boolean | undefined | ReadonlyMap<string, PhpValue>;

const maximumDepth = 64;
const maximumEntries = 100_000;

/**
 * Reads a serialised value (php.net, `serialize`): lengths are of bytes. Objects are refused, as nothing is made of them.
 * @returns `undefined` for anything damaged
 */
export function parsePhpSerialised(content: Buffer): PhpValue | undefined {
  try {
    return new PhpReader(content).value(0);
  } catch {
    return undefined;
  }
}

class PhpReader {
  readonly #content: Buffer;
  #offset = 0;
  #entries = 0;

  constructor(content: Buffer) {
    this.#content = content;
  }

  value(depth: number): PhpValue {
    if (depth > maximumDepth) throw new RangeError('too deep');
    const kind = this.#content.toString('latin1', this.#offset, this.#offset + 2);
    this.#offset += 2;
    switch (kind) {
      case 'N;':
        return undefined;
      case 'b:':
        return this.#until(';') === '1';
      case 'i:':
      case 'd:':
        return Number(this.#until(';'));
      case 's:':
        return this.#text();
      case 'a:':
        return this.#array(depth);
      default:
        throw new SyntaxError(`no value: ${kind}`);
    }
  }

  /** `5:"bytes";` */
  #text(): string {
    const length = Number(this.#until(':'));
    const start = this.#offset + 1;
    const end = start + length;
    if (!Number.isInteger(length) || length < 0 || end + 2 > this.#content.length) throw new RangeError('length');
    if (this.#content.toString('latin1', end, end + 2) !== '";') throw new SyntaxError('length');
    this.#offset = end + 2;
    return this.#content.toString('utf8', start, end);
  }

  /** `2:{key value key value}` */
  #array(depth: number): ReadonlyMap<string, PhpValue> {
    const count = Number(this.#until(':'));
    this.#entries += count;
    if (!Number.isInteger(count) || count < 0 || this.#entries > maximumEntries) throw new RangeError('count');
    this.#offset += 1;
    const entries = new Map<string, PhpValue>();
    for (let index = 0; index < count; index += 1) {
      const key = this.value(depth + 1);
      if (typeof key !== 'string' && typeof key !== 'number') throw new SyntaxError('key');
      entries.set(String(key), this.value(depth + 1));
    }
    this.#offset += 1;
    return entries;
  }

  #until(end: string): string {
    const position = this.#content.indexOf(end, this.#offset, 'latin1');
    if (position < 0 || position - this.#offset > 32) throw new SyntaxError('end');
    const text = this.#content.toString('latin1', this.#offset, position);
    this.#offset = position + 1;
    return text;
  }
}
