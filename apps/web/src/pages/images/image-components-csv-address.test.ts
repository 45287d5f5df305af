import { expect, test } from 'vitest';
import { imageComponentsCsvAddress } from './image-components-csv-address.js';

const all = { search: '', ecosystem: '', layerIndex: undefined, licence: undefined, sort: 'FINDINGS', reversed: false };

test('the table is exactly what is listed, in its order', () => {
  expect(imageComponentsCsvAddress('i/1', all)).toBe('/api/images/i%2F1/components.csv?sort=findings');
  expect(imageComponentsCsvAddress('i1', { search: 'a b', ecosystem: 'deb', layerIndex: 0, licence: '', sort: 'LAYER', reversed: true })).toBe(
    '/api/images/i1/components.csv?sort=layer&reversed=true&search=a+b&ecosystem=deb&layerIndex=0&licence=',
  );
});
