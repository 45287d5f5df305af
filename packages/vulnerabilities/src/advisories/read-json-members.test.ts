import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-database.js';
import { readJsonMembers } from './read-json-members.js';

async function read(json: string | Buffer, maximumBytes = 1_000_000): Promise<Record<string, unknown>> {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, 'x.json');
  await writeFile(file, json);
  const members: [string, unknown][] = [];
  for await (const { name, value } of readJsonMembers(file, maximumBytes)) members.push([name, JSON.parse(value)]);
  return Object.fromEntries(members);
}

test.each<[string, object]>([
  ['nothing', {}],
  ['one member', { a: 1 }],
  ['brackets, quotes and commas in texts and names', { 'a,{"b': 'x,}]"\\', c: { d: ['{', '"'] } }],
  ['values of every kind', { a: null, b: [1, [2]], c: 'x', d: { e: {} }, f: -1.5 }],
  ['more than one piece of the file', Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`name-${index}`, 'é😀'.repeat(2_000)]))],
])('an object with %s is the same read member by member', async (_, value) => {
  expect(await read(JSON.stringify(value))).toEqual(value);
  expect(await read(JSON.stringify(value, null, 2))).toEqual(value);
});

describe('a file is refused', () => {
  test.each<[string, string, string]>([
    ['that ends early', '{"a": {"b": 1}', 'feed-malformed'],
    ['that ends in a text', '{"a": "b', 'feed-malformed'],
    ['that is a list', '[1]', 'feed-malformed'],
    ['that is no JSON', '<html>', 'feed-malformed'],
    ['that is empty', '', 'feed-malformed'],
    ['with something after its end', '{} {}', 'feed-malformed'],
    ['with a member without a name', '{1}', 'feed-malformed'],
    ['with a member beyond its bound', JSON.stringify({ a: 'x'.repeat(3_000_000) }), 'bundle-too-large'],
  ])('%s', async (_, json, code) => {
    await expect(read(json)).rejects.toMatchObject({ code });
  });
});
