import { expect, test } from 'vitest';
import { finishScans } from '../../test-support/stored-content.js';
import { startTestGateway } from '../../test-support/test-gateway.js';

const compare = `query($from: ID!, $to: ID!) {
  compareImages(from: $from, to: $to) {
    from { id } to { id }
    componentCounts { added removed upgraded downgraded changed unchanged }
    components(first: 10, kinds: [ADDED, REMOVED, UPGRADED]) { totalCount edges { node { kind name fromVersions toVersions } } }
    layers { diffId fromIndex toIndex }
    licences { licence fromCount toCount }
  }
}`;

test('two images are told apart by components, layers and licences', async () => {
  const { query, signIn, store } = await startTestGateway();
  const headers = await signIn();
  await query('mutation { connectSample { __typename } }', {}, headers);
  finishScans(store);
  const [image] = store.imageRows;
  const [content] = store.contentRows;
  if (image === undefined || content === undefined) throw new Error('There is no sample.');
  const [bash, zlib] = content.components;
  if (bash === undefined || zlib === undefined) throw new Error('The sample has two components.');
  const later = { ...content, record: { ...content.record, id: 'cnt_2' }, components: [{ ...bash, version: '1.1', licences: [] }] };
  store.contentRows.push(later);
  store.imageRows.push({ ...image, id: 'img_later', contentId: 'cnt_2' }, { ...image, id: 'img_waiting', contentId: undefined! });
  const answer = await query(compare, { from: image.id, to: 'img_later' }, headers);
  expect(answer.data).toEqual({
    compareImages: {
      from: { id: image.id },
      to: { id: 'img_later' },
      componentCounts: { added: 0, removed: 1, upgraded: 1, downgraded: 0, changed: 0, unchanged: 0 },
      components: {
        totalCount: 2,
        edges: [
          { node: { kind: 'UPGRADED', name: 'bash', fromVersions: ['1.0'], toVersions: ['1.1'] } },
          { node: { kind: 'REMOVED', name: 'zlib1g', fromVersions: ['1.0'], toVersions: [] } },
        ],
      },
      layers: [{ diffId: content.layers[0]?.diffId, fromIndex: 0, toIndex: 0 }],
      licences: [
        { licence: null, fromCount: 0, toCount: 1 },
        { licence: 'GPL-3.0-or-later', fromCount: 2, toCount: 0 },
      ],
    },
  });
  for (const to of ['img_waiting', 'img_unknown']) expect((await query(compare, { from: image.id, to }, headers)).data).toEqual({ compareImages: null });
});
