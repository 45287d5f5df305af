import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSource } from './parse-source.js';

describe('parseSource', () => {
  it.each([
    ['public.ecr.aws/nginx/nginx:1.27', { kind: 'registry', text: 'public.ecr.aws/nginx/nginx:1.27' }],
    ['localhost:5000/app', { kind: 'registry', text: 'localhost:5000/app' }],
    ['oci:images/app', { kind: 'oci-layout', folder: 'images/app', name: 'app' }],
    ['oci:images/app:1.0', { kind: 'oci-layout', folder: 'images/app', name: 'app', tag: '1.0' }],
    ['oci:images/app:', { kind: 'oci-layout', folder: 'images/app', name: 'app' }],
    ['oci:with:colon/app', { kind: 'oci-layout', folder: 'with:colon/app', name: 'app' }],
    ['oci:.', { kind: 'oci-layout', folder: '.', name: resolve('.').split('/').at(-1) }],
    ['sbom:app.cdx.json', { kind: 'document', file: 'app.cdx.json' }],
    ['sbom:-', { kind: 'document', file: '-' }],
    ['docker-archive:saved/app.tar', { kind: 'docker-archive', file: 'saved/app.tar', name: 'app.tar' }],
  ])('%s', (text, expected) => {
    expect(parseSource(text)).toEqual(expected);
  });

  it.each([
    ['oci:', 'The source names no folder.', 'Write oci:FOLDER or oci:FOLDER:tag.'],
    ['sbom:', 'The source names no file.', 'Write sbom:FILE.'],
    ['docker-archive:', 'The source names no file.', 'Write docker-archive:FILE.'],
  ])('%s is refused', (text, message, remedy) => {
    expect(() => parseSource(text)).toThrow(expect.objectContaining({ message, remedy, exitCode: 2 }));
  });
});
