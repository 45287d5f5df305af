import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { StoreError } from '../errors.js';
import type { PlainSecrets } from '../contract/plain-secrets.js';

/** Whose secrets they are. Sealed secrets cannot be opened for another owner. */
export interface SecretsOwner {
  readonly organizationId: string;
  /** Id of the connection or draft. */
  readonly ownerId: string;
}

/** What is stored: of no use without the master key, and to no other owner with it. */
export interface SealedSecrets {
  readonly formatVersion: '1';
  /** Names the master key the data key is wrapped with. */
  readonly keyId: string;
  /** Names of the secret fields, sorted. */
  readonly fields: readonly string[];
  /** Nonce (12 bytes), wrapped data key (32), tag (16). */
  readonly wrappedKey: Uint8Array;
  /** Nonce (12 bytes), encrypted JSON of the values, tag (16). */
  readonly sealed: Uint8Array;
}

/**
 * Seals secrets with AES-256-GCM: a random data key for each set of secrets, itself encrypted with the master key. Organisation,
 * owner and field names are associated data of both, so that a sealed set moved to another row does not open.
 */
export interface SecretsVault {
  /** Names the master key without telling anything about it. */
  readonly keyId: string;
  /** Something the operator has to be told: that a key was just made and needs a backup, or that others can read it. */
  readonly notice: string | undefined;
  /** A key that a rotation was about to change to when the process ended; the store finds out which of the two holds. */
  readonly successor: SecretsVault | undefined;
  seal(owner: SecretsOwner, secrets: PlainSecrets): SealedSecrets;
  /** @throws StoreError with `wrong-master-key`, or `unreadable-secret` for what was changed, moved or of another format */
  open(owner: SecretsOwner, sealed: SealedSecrets): PlainSecrets;
  /** The same secrets with the data key under another vault's master key; the values are not decrypted. */
  rewrap(owner: SecretsOwner, sealed: SealedSecrets, to: SecretsVault): SealedSecrets;
  /** Encrypts a data key with the master key. For {@link rewrap}. */
  wrapKey(owner: SecretsOwner, fields: readonly string[], dataKey: Uint8Array): Uint8Array;
}

const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

function encrypt(key: Uint8Array, plain: Uint8Array, associated: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, key, nonce);
  cipher.setAAD(associated);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, sealed: Uint8Array, associated: Uint8Array): Buffer {
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceLength), { authTagLength: tagLength });
  decipher.setAAD(associated);
  decipher.setAuthTag(sealed.subarray(-tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(nonceLength, -tagLength)), decipher.final()]);
}

function associatedData(purpose: 'data-key' | 'values', owner: SecretsOwner, fields: readonly string[]): Uint8Array {
  return Buffer.from(JSON.stringify(['esscm', 1, purpose, owner.organizationId, owner.ownerId, fields]));
}

/** @param masterKey 32 bytes, see `parseMasterKey` */
export class MasterKeyVault implements SecretsVault {
  readonly keyId: string;
  readonly notice: string | undefined;
  readonly successor: SecretsVault | undefined;
  readonly #masterKey: Uint8Array;

  constructor(masterKey: Uint8Array, options: { readonly notice?: string; readonly successor?: SecretsVault } = {}) {
    this.#masterKey = masterKey;
    this.keyId = createHmac('sha256', masterKey).update('esscm master key id').digest('hex').slice(0, 32);
    this.notice = options.notice;
    this.successor = options.successor;
  }

  seal(owner: SecretsOwner, secrets: PlainSecrets): SealedSecrets {
    const fields = Object.keys(secrets).sort();
    const dataKey = randomBytes(32);
    try {
      const values = Buffer.from(JSON.stringify(fields.map((field) => secrets[field])));
      return {
        formatVersion: '1',
        keyId: this.keyId,
        fields,
        wrappedKey: this.wrapKey(owner, fields, dataKey),
        sealed: encrypt(dataKey, values, associatedData('values', owner, fields)),
      };
    } finally {
      dataKey.fill(0);
    }
  }

  open(owner: SecretsOwner, sealed: SealedSecrets): PlainSecrets {
    const dataKey = this.#unwrapKey(owner, sealed);
    try {
      const values: unknown = JSON.parse(decrypt(dataKey, sealed.sealed, associatedData('values', owner, sealed.fields)).toString('utf8'));
      if (!Array.isArray(values)) throw new TypeError('not a list of values');
      return Object.fromEntries(sealed.fields.map((field, index) => [field, String(values[index])]));
    } catch (error) {
      throw unreadable(error);
    } finally {
      dataKey.fill(0);
    }
  }

  rewrap(owner: SecretsOwner, sealed: SealedSecrets, to: SecretsVault): SealedSecrets {
    const dataKey = this.#unwrapKey(owner, sealed);
    try {
      return { ...sealed, keyId: to.keyId, wrappedKey: to.wrapKey(owner, sealed.fields, dataKey) };
    } finally {
      dataKey.fill(0);
    }
  }

  wrapKey(owner: SecretsOwner, fields: readonly string[], dataKey: Uint8Array): Uint8Array {
    return encrypt(this.#masterKey, dataKey, associatedData('data-key', owner, fields));
  }

  #unwrapKey(owner: SecretsOwner, sealed: SealedSecrets): Buffer {
    if (sealed.keyId !== this.keyId) throw wrongMasterKey();
    if (sealed.formatVersion !== '1') throw unreadable(new Error('unknown format'));
    try {
      return decrypt(this.#masterKey, sealed.wrappedKey, associatedData('data-key', owner, sealed.fields));
    } catch (error) {
      throw unreadable(error);
    }
  }
}

function unreadable(cause: unknown): StoreError {
  return new StoreError({
    code: 'unreadable-secret',
    message: 'The stored credential cannot be opened: it was changed or belongs to another connection.',
    remedy: 'Enter the credential again.',
    cause,
  });
}

/** The stored secrets were sealed with another master key than the one given. */
export function wrongMasterKey(): StoreError {
  return new StoreError({
    code: 'wrong-master-key',
    message: 'The master key is not the one that the stored credentials were sealed with.',
    remedy: 'Set ESSCM_MASTER_KEY to the earlier key, or restore the key file beside the data.',
  });
}
