import { describe, expect, it } from 'vitest';
import { zipFile, type ZipFixtureEntry, type ZipFixtureOptions } from '../../test-support/zip-fixture.js';
import { ZipArchive, ZipFormatError } from './zip-archive.js';

/** Made by Info-ZIP 3.0: `printf hello > a; zip -X0 x.zip a`, then `base64 x.zip`. */
const infoZip = 'UEsDBAoAAAAAAAAAIQCGphA2BQAAAAUAAAABAAAAYWhlbGxvUEsBAh4DCgAAAAAAAAAhAIamEDYFAAAABQAAAAEAAAAAAAAAAAAAAKSBAAAAAGFQSwUGAAAAAAEAAQAvAAAAJAAAAAAA';

function contents(bytes: Buffer, maximumBytes = 1000): Readonly<Record<string, string>> {
  const zip = new ZipArchive(bytes);
  return Object.fromEntries([...zip.entries()].map((entry) => [entry.name, zip.read(entry, maximumBytes).toString()]));
}

describe('ZipArchive', () => {
  const files = { 'a.txt': 'alpha', 'b/': '', 'b/ü.txt': 'x'.repeat(900) };

  it.each<[string, ZipFixtureOptions]>([
    ['plain', {}],
    ['with a comment that holds an end record', { comment: `PK\u0005\u0006${'\0'.repeat(30)}` }],
    ['behind a launch script', { prefix: Buffer.from('#!/bin/sh\nexec java -jar "$0"\n') }],
    ['as ZIP64', { isZip64: true }],
    ['as ZIP64 behind a launch script', { isZip64: true, prefix: Buffer.from('#!/bin/sh\n') }],
  ])('reads an archive %s', (_what, options) => {
    expect(contents(zipFile(files, options))).toEqual(files);
  });

  it('reads what Info-ZIP wrote', () => {
    expect(contents(Buffer.from(infoZip, 'base64'))).toEqual({ a: 'hello' });
  });

  it('reads stored entries in place, and archives without entries', () => {
    expect(contents(zipFile([{ name: 'a', content: 'alpha', isStored: true }]))).toEqual({ a: 'alpha' });
    expect(contents(zipFile([]))).toEqual({});
  });

  it.each<[string, ZipFixtureEntry, string]>([
    ['encrypted', { name: 'a', content: 'alpha', says: { flags: 1 } }, 'it is encrypted'],
    ['of an unknown method', { name: 'a', content: 'alpha', says: { method: 12 } }, 'it is compressed by method 12'],
    ['larger than said', { name: 'a', content: 'x'.repeat(999), says: { sizeBytes: 10 } }, 'it cannot be inflated to the size the central directory says'],
    ['smaller than said', { name: 'a', content: 'alpha', says: { sizeBytes: 10 } }, 'its content is not what the central directory says'],
    ['changed', { name: 'a', content: 'alpha', says: { crc: 1 } }, 'its content is not what the central directory says'],
    ['elsewhere', { name: 'a', content: 'alpha', says: { offset: 3 } }, 'it is not where the central directory says'],
    ['too large', { name: 'a', content: 'x'.repeat(1001) }, 'it has 1001 bytes, more than the 1000 that are read'],
  ])('refuses an entry that is %s', (_what, entry, message) => {
    const bytes = zipFile([entry]);
    expect(() => contents(bytes)).toThrow(new ZipFormatError(message));
  });

  it('refuses what is no archive, at every length it may be cut off at', () => {
    const whole = zipFile(files);
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => contents(whole.subarray(0, length))).toThrow(ZipFormatError);
    }
  });

  it('survives any changed byte: another content, or a refusal', () => {
    const whole = zipFile(files, { isZip64: true });
    const errors = [...whole.keys()].map((at) => errorOf(Buffer.from(whole).fill((whole[at] ?? 0) ^ 0xff, at, at + 1)));
    expect(new Set(errors)).toEqual(new Set([undefined, ZipFormatError]));
  });
});

function errorOf(bytes: Buffer): unknown {
  try {
    contents(bytes);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.constructor : error;
  }
}
