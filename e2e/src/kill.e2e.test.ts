import { afterAll, beforeAll, expect, it } from 'vitest';
import { Api } from './support/api.js';
import { administrator, allScansEnded, connectPrivate, createAdministrator, scansOf } from './support/journeys.js';
import { Product } from './support/product.js';
import { startTestEcr } from './support/registry.js';
import type { TestEcr } from './support/registry.js';
import { until } from './support/until.js';

/** The process is killed in the middle of a scan, and started again on the same data. */

let ecr: TestEcr;
let product: Product;

beforeAll(async () => {
  ecr = await startTestEcr({ largeLayerBytes: 4_000_000 });
  product = await Product.start({ ESSCM_ECR_SIMULATOR_URL: ecr.url });
});

afterAll(async () => {
  await product[Symbol.asyncDispose]();
  await ecr[Symbol.asyncDispose]();
});

it('finishes the scan; nothing is doubled, nothing is lost', async () => {
  const api = new Api(product.origin);
  await createAdministrator(api);
  const { connection } = await connectPrivate(api, 'Large', ['batch/large:1', 'base/debian:12']);
  await until('layers to be read', async () => {
    const { scans } = await api.run<{ scans: { edges: { node: { state: string; progress: { layersDone: number } } }[] } }>(
      'query ($id: ID!) { scans(filter: { connectionId: $id }) { edges { node { state progress { layersDone } } } } }',
      { id: connection.id },
    );
    return scans.edges.some(({ node }) => node.state === 'RUNNING' && node.progress.layersDone > 2) ? true : undefined;
  });
  await product.kill();
  await product.startAgain();

  const again = new Api(product.origin);
  await again.run('mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }', { input: { email: administrator.email, password: administrator.password } });
  const scans = await allScansEnded(again, connection.id);
  expect(scans.map(({ image, state, componentCount }) => `${image.tag} ${state} ${componentCount}`).toSorted()).toEqual(['1 SUCCEEDED 22', '12 SUCCEEDED 2']);
  expect(await scansOf(again)).toHaveLength(2);
  const large = scans.find(({ image }) => image.tag === '1')?.image.id;
  const { image } = await again.run<{ image: { content: { components: { totalCount: number }; layers: unknown[] } } }>(
    'query ($id: ID!) { image(id: $id) { content { components { totalCount } layers { index } } } }',
    { id: large },
  );
  expect(image.content.components.totalCount).toBe(22);
  expect(image.content.layers).toHaveLength(21);
});
