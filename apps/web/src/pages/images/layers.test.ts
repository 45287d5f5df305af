import { expect, test } from 'vitest';
import { largestLayers, layerInstruction } from './layers.js';

test.each([
  ['/bin/sh -c #(nop)  CMD ["bash"]', 'CMD ["bash"]'],
  ['/bin/sh -c #(nop) ADD file:abc in / ', 'ADD file:abc in /'],
  ['/bin/sh -c apt-get update   && apt-get install -y curl', 'RUN apt-get update && apt-get install -y curl'],
  ['RUN /bin/sh -c npm ci # buildkit', 'RUN npm ci'],
  ['RUN |1 VERSION=1 /bin/sh -c make # buildkit', 'RUN make'],
  ['COPY target/app.jar /app/ # buildkit', 'COPY target/app.jar /app/'],
  ['USER 10001', 'USER 10001'],
  [null, 'Instruction not recorded'],
  ['  ', 'Instruction not recorded'],
])('%j reads %s', (createdBy, text) => {
  expect(layerInstruction(createdBy)).toBe(text);
});

test('largest first', () => {
  const layers = [{ index: 0, sizeBytes: '9' }, { index: 1, sizeBytes: '100' }, { index: 2, sizeBytes: '20' }];
  expect(largestLayers(layers, 2).map(({ index }) => index)).toEqual([1, 2]);
});
