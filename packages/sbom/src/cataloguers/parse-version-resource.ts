import { boundedText } from './bounded-text.js';

/** What a version resource says, as whoever built the file wrote it. */
export interface VersionResource {
  readonly company?: string;
  readonly product?: string;
  /** What the build calls its version: a version of a package, often with the commit behind a plus sign. */
  readonly productVersion?: string;
  readonly fileVersion?: string;
  readonly description?: string;
  readonly copyright?: string;
}

const root = Buffer.from('VS_VERSION_INFO\0', 'utf16le');

/** Strings that are kept, by their names in the resource. */
const keptNames: Readonly<Record<string, keyof VersionResource>> = {
  CompanyName: 'company',
  ProductName: 'product',
  ProductVersion: 'productVersion',
  FileVersion: 'fileVersion',
  FileDescription: 'description',
  LegalCopyright: 'copyright',
};

const maximumStrings = 200;

/**
 * Reads the strings of the version resource (Windows `VS_VERSIONINFO`) among the resources of a PE file. Blocks are nested:
 * each has a length, the length of its value, a kind, a name, and a value or blocks.
 */
export function parseVersionResource(resources: Buffer): VersionResource {
  const at = resources.indexOf(root) - 6;
  if (at < 0) return {};
  const block = resources.subarray(at, at + resources.readUInt16LE(at));
  const fixedBytes = block.length < 6 ? 0 : block.readUInt16LE(2);
  const strings = new Map<string, string>();
  for (const child of blocksIn(block, aligned(6 + root.length) + aligned(fixedBytes))) {
    if (child.name !== 'StringFileInfo') continue;
    for (const table of blocksIn(child.content, 0)) {
      for (const { name, content } of blocksIn(table.content, 0)) {
        const text = content.toString('utf16le').split('\0', 1)[0]?.trim() ?? '';
        if (text !== '' && !strings.has(name)) strings.set(name, text);
      }
    }
  }
  return Object.fromEntries(
    Object.entries(keptNames).flatMap(([name, field]) => {
      const text = boundedText(strings.get(name));
      return text === undefined ? [] : [[field, text]];
    }),
  );
}

interface Block {
  readonly name: string;
  /** All behind the name. */
  readonly content: Buffer;
}

function blocksIn(bytes: Buffer, start: number): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = start; at + 6 <= bytes.length && blocks.length < maximumStrings; ) {
    const length = bytes.readUInt16LE(at);
    if (length < 8) break;
    const block = bytes.subarray(at, at + length);
    const name = block.toString('utf16le', 6).split('\0', 1)[0] ?? '';
    blocks.push({ name, content: block.subarray(aligned(6 + (name.length + 1) * 2)) });
    at = aligned(at + length);
  }
  return blocks;
}

/** Blocks and their values begin at multiples of four bytes. */
function aligned(position: number): number {
  return (position + 3) & ~3;
}
