import { randomInt } from 'node:crypto';

/** Letters and digits that are not mistaken for each other. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A code such as `K7PQ-M2XD-94TC`, asked for when the first account is created where others can reach the server. */
export function createSetupCode(): string {
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `${group()}-${group()}-${group()}`;
}
