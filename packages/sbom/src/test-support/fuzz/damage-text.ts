import type { SeededRandom } from './seeded-random.js';

/** What stands in the place of a value that a parser has an opinion of. */
const nastyValues = [
  '',
  ' ',
  '\0',
  '..',
  '../../../etc/passwd',
  '%00',
  '__proto__',
  'constructor',
  '-1',
  '1e999',
  '99999999999999999999',
  'NaN',
  '\u{202e}txt.exe',
  '\u{fffd}',
  '\r',
  '(((((((((('.repeat(200),
  'a'.repeat(100_000),
  'A AND '.repeat(5000),
  '${jndi:ldap://a}',
  '🦄',
] as const;

/** Text with one line damaged as a text: its value replaced, the line repeated, split, moved, or all of it in other line ends. */
export function damageText(text: string, random: SeededRandom): string {
  const lines = text.split('\n');
  const at = random.below(lines.length);
  const line = lines[at] ?? '';
  switch (random.below(6)) {
    case 0:
      lines[at] = line.replace(/([:=]\s*).*$/, (_whole, sign: string) => `${sign}${random.oneOf(nastyValues)}`);
      break;
    case 1:
      lines.splice(at, 0, ...Array.from({ length: 1 + random.below(300) }, () => line));
      break;
    case 2:
      lines[at] = `${line.slice(0, random.below(line.length + 1))}\n${line}`;
      break;
    case 3:
      lines.splice(random.below(lines.length), 0, ...lines.splice(at, 1));
      break;
    case 4:
      lines[at] = random.oneOf(nastyValues);
      break;
    default:
      return lines.join('\r\n');
  }
  return lines.join('\n');
}

/** JSON with one value somewhere inside replaced by one of another kind, or the document nested deep. */
export function damageJson(text: string, random: SeededRandom): string {
  if (random.below(12) === 0) return `${'['.repeat(20_000)}${text}${']'.repeat(20_000)}`;
  const values = [null, true, 0, -1, 1e308, [], {}, [[[]]], { ['__proto__']: { polluted: true } }, ...nastyValues] as const;
  const document: unknown = JSON.parse(text);
  let left = 1 + random.below(200);
  const replaced = JSON.stringify(document, (_key, value: unknown) => {
    left -= 1;
    return left === 0 ? random.oneOf(values) : value;
  });
  return replaced ?? text;
}
