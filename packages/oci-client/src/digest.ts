import { hash } from 'node:crypto';
import { OciError } from './errors.js';

/** A content digest as OCI writes it, `sha256:` and 64 lowercase hex characters. Make one with {@link parseDigest}. */
export type Digest = `sha256:${string}`;

/** The digest of a layer's uncompressed tar, as `rootfs.diff_ids` of an image configuration lists it. */
export type DiffId = Digest;

const digestPattern = /^sha256:[0-9a-f]{64}$/;

/** Whether `text` is a complete sha256 digest. Upper-case hex is not accepted, as the OCI specification forbids it. */
export function isDigest(text: string): text is Digest {
  return digestPattern.test(text);
}

/** @throws OciError of code `protocol` when `text` is not a complete sha256 digest */
export function parseDigest(text: string): Digest {
  if (isDigest(text)) return text;
  throw new OciError({
    code: 'protocol',
    message: 'A digest is not sha256: followed by 64 lowercase hexadecimal characters.',
    retryable: false,
  });
}

/** The sha256 of `bytes`, as a digest. */
export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${hash('sha256', bytes, 'hex')}`;
}
