import { describe, expect, test } from 'vitest';
import { descendants, XmlElements } from './xml-elements.js';
import type { XmlElement } from './xml-elements.js';

function read(xml: string, pieceLength = 7): XmlElement[] {
  const found: XmlElement[] = [];
  const elements = new XmlElements(['item'], (element) => found.push(element));
  const bytes = Buffer.from(xml);
  for (let start = 0; start < bytes.length; start += pieceLength) elements.write(bytes.subarray(start, start + pieceLength));
  elements.end();
  return found;
}

test('elements are handed over whole, without prefixes, whatever pieces the document comes in', () => {
  expect(read('<?xml version="1.0"?><x:all xmlns:x="u"><other>n</other><x:item x:id="ä&amp;1">a<b>é😀</b><![CDATA[<c>]]></x:item><item/></x:all>')).toEqual([
    { name: 'item', attributes: { id: 'ä&1' }, text: 'a<c>', children: [{ name: 'b', attributes: {}, text: 'é😀', children: [] }] },
    { name: 'item', attributes: {}, text: '', children: [] },
  ]);
});

test('an element of a name below one of that name belongs to it', () => {
  expect(read('<all><item><item><b/></item></item></all>').map((element) => descendants(element, 'b').length)).toEqual([1]);
});

describe('a document is refused', () => {
  test.each([
    ['that ends early', '<all><item>'],
    ['that is no XML', 'PK\u0003\u0004'],
    ['that is empty', ''],
    ['with entities of its own', '<!DOCTYPE all [<!ENTITY a "aaaaaaaa">]><all><item>&a;</item></all>'],
    ['that is too deep', `<all><item>${'<b>'.repeat(300)}${'</b>'.repeat(300)}</item></all>`],
    ['with an element beyond all bounds', `<all><item>${'<b/>'.repeat(600_000)}</item></all>`],
  ])('%s', (_, xml) => {
    expect(() => read(xml, 65_536)).toThrow(expect.objectContaining({ code: 'feed-malformed' }));
  });
});
