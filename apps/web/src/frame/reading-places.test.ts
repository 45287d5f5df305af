// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';
import { keepPlaces, readPlaces } from './reading-places.js';

afterEach(() => sessionStorage.clear());

it('places are there again after a reload, the newest fifty', () => {
  const places = new Map(Array.from({ length: 60 }, (_, index) => [`key-${index}`, { top: index, link: `/images/${index}` }]));
  keepPlaces(places);
  expect(readPlaces()).toEqual(new Map([...places].slice(10)));
});

it.each([
  ['nothing', null],
  ['no JSON', '{'],
  ['no list', '{"a":1}'],
  ['other entries', '[["key",{"top":"1"}],3,null,["key",null]]'],
])('%s in the storage is no place', (_what, text) => {
  if (text !== null) sessionStorage.setItem('esscm.places', text);
  expect(readPlaces()).toEqual(new Map());
});
