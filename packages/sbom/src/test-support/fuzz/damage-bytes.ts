import type { SeededRandom } from './seeded-random.js';

/** One way to damage bytes, given a copy to change or replace. */
type Damage = (bytes: Buffer, random: SeededRandom) => Buffer;

/** Numbers at which lengths, counts and offsets break. */
const extremes = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff] as const;

const damages: readonly [Damage, ...Damage[]] = [
  (bytes, random) => {
    for (let flips = 1 + random.below(4); flips > 0; flips -= 1) {
      const at = random.below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    }
    return bytes;
  },
  (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  (bytes, random) => {
    const [start, end] = [random.below(bytes.length), random.below(bytes.length)].toSorted((left, right) => left - right);
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
  },
  (bytes, random) => {
    const start = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + 1 + random.below(64))]);
  },
  (bytes, random) => {
    if (bytes.length < 4) return bytes;
    const at = random.below(bytes.length - 3);
    const value = random.oneOf(extremes);
    if (random.below(2) === 0) bytes.writeUInt32LE(value, at);
    else bytes.writeUInt32BE(value, at);
    return bytes;
  },
  (bytes, random) => {
    const at = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(1 + random.below(5000), random.below(256)), bytes.subarray(at)]);
  },
];

/** Bytes with one to three kinds of damage: flipped, cut, repeated, extreme numbers, long runs. */
export function damageBytes(bytes: Buffer, random: SeededRandom): Buffer {
  let damaged = Buffer.from(bytes);
  for (let rounds = 1 + random.below(3); rounds > 0 && damaged.length > 0; rounds -= 1) damaged = Buffer.from(random.oneOf(damages)(damaged, random));
  return damaged;
}
