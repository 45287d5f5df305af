import { expect, test } from 'vitest';
import { attachmentName, attachmentPlace, documentName } from './attachment-words.js';

const inToto = { mediaType: 'application/vnd.in-toto+json', name: 'an in-toto attestation' };

test.each([
  ['its own type', { artifactName: 'a Sigstore bundle', documents: [inToto] }, 'A Sigstore bundle'],
  ['what it holds', { artifactName: null, documents: [{ mediaType: 'application/x', name: null }, inToto] }, 'An in-toto attestation'],
  ['nothing', { artifactName: null, documents: [] }, 'An artefact'],
])('an attachment is named by %s', (_what, attachment, expected) => {
  expect(attachmentName(attachment)).toBe(expected);
});

test.each([
  ['https://slsa.dev/provenance/v0.2', 'SLSA provenance'],
  ['https://spdx.dev/Document', 'SPDX document'],
  ['https://cyclonedx.org/bom', 'CycloneDX document'],
  ['https://example.org/own', 'https://example.org/own'],
  [null, 'application/vnd.in-toto+json'],
])('a document that says %s is called %s', (predicateType, expected) => {
  expect(documentName({ ...inToto, predicateType }, { artifactType: 'application/x' })).toBe(expected);
});

test('a document of the type of its attachment has no name of its own', () => {
  expect(documentName(inToto, { artifactType: 'application/vnd.in-toto+json' })).toBeUndefined();
});

test('what is attached to the index is for all platforms', () => {
  const places = ['sha256:a', 'sha256:b'].map((attachedTo) => attachmentPlace({ origin: 'REFERRER', attachedTo }, 'sha256:a'));
  expect(places).toEqual(['refers to it', 'refers to it, for all platforms']);
});
