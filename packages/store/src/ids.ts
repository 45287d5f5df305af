import { randomBytes } from 'node:crypto';

/** Which kind of row an id names. */
export type IdPrefix = 'tri' | 'org' | 'tok' | 'drf' | 'con' | 'prj' | 'ver' | 'img' | 'scn' | 'cnt' | 'viw' | 'sel' | 'bat' | 'vex' | 'pau';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const pattern = /^(?:tri|org|tok|drf|con|prj|ver|img|scn|cnt|viw|sel|bat|vex|pau)_[0-9a-hjkmnp-tv-z]{26}$/;

/** A new id: the prefix and 128 random bits in Crockford's base 32, lower case. */
export function createId(prefix: IdPrefix): string {
  let bits = BigInt(`0x${randomBytes(16).toString('hex')}`);
  let text = '';
  for (let index = 0; index < 26; index += 1) {
    text = alphabet.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return `${prefix}_${text}`;
}

/** Whether `text` can be an id at all. Anything else names no row and is not sent to the database. */
export function isId(text: string): boolean {
  return pattern.test(text);
}
