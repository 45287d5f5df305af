import { SaxesParser } from 'saxes';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';

/** An element with what is in it. Names are without their prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Of the element itself, trimmed. */
  readonly text: string;
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** Bounds of one element that is handed over: the largest real ones stay a tenth below them. */
const maximumParts = 500_000;
const maximumTextLength = 16 * 1024 * 1024;
const maximumDepth = 200;

/**
 * Reads a document piece by piece and hands over the elements of some names, each with all that is in it; the document itself is
 * never held. No entities but the predefined ones are known, and nothing is loaded. @throws VulnerabilitiesError `feed-malformed`,
 * from `write` and from `end` when the document is no XML or ends early.
 */
export class XmlElements {
  readonly #parser = new SaxesParser();
  readonly #decoder = new TextDecoder('utf-8');
  readonly #open: OpenElement[] = [];
  #parts = 0;
  #textLength = 0;

  constructor(names: readonly string[], take: (element: XmlElement) => void) {
    const wanted = new Set(names);
    const parser = this.#parser;
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', (tag) => {
      const name = localName(tag.name);
      if (this.#open.length === 0 && !wanted.has(name)) return;
      this.#parts += 1;
      if (this.#open.length >= maximumDepth || this.#parts > maximumParts) throw new RangeError(`The element ${this.#open[0]?.name ?? name} holds more than any real one.`);
      this.#open.push({ name, attributes: Object.fromEntries(Object.entries(tag.attributes).map(([key, value]) => [localName(key), String(value)])), children: [], text: '' });
    });
    const addText = (text: string): void => {
      const current = this.#open.at(-1);
      if (current === undefined) return;
      this.#textLength += text.length;
      if (this.#textLength > maximumTextLength) throw new RangeError(`The element ${this.#open[0]?.name ?? ''} holds more than any real one.`);
      current.text += text;
    };
    parser.on('text', addText);
    parser.on('cdata', addText);
    parser.on('closetag', () => {
      const closed = this.#open.pop();
      if (closed === undefined) return;
      const element: XmlElement = { ...closed, text: closed.text.trim() };
      const parent = this.#open.at(-1);
      if (parent !== undefined) parent.children.push(element);
      else {
        this.#parts = 0;
        this.#textLength = 0;
        take(element);
      }
    });
  }

  write(bytes: Uint8Array): void {
    this.#run(() => this.#parser.write(this.#decoder.decode(bytes, { stream: true })));
  }

  end(): void {
    this.#run(() => this.#parser.write(this.#decoder.decode()).close());
  }

  #run(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof VulnerabilitiesError) throw error;
      throw new VulnerabilitiesError('feed-malformed', `The document cannot be read as XML: ${error instanceof Error ? error.message.slice(0, 200) : ''}`, 'Fetch it again; the records in use stay.', error);
    }
  }
}

/** The first child of a name. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** Its text; empty when there is no such child. */
export function childText(element: XmlElement, name: string): string {
  return childOf(element, name)?.text ?? '';
}

/** All elements of a name below an element, at any depth, in document order. */
export function descendants(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...descendants(child, name)]);
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
