import { expect, test } from 'vitest';
import { readEnvironment } from '../environment.js';
import { createHostFor } from './operator-settings.js';

const origin = 'http://127.0.0.1:4510';
const sample = { apiEndpoint: origin, stsEndpoint: origin, registryOrigin: origin, publicOrigin: origin };

test('every plugin is told the networks that the operator opens, the sample none', () => {
  const hostFor = createHostFor(sample, readEnvironment({ ESSCM_PRIVATE_NETWORKS: '10.20.0.0/16,fd00::/8' }));

  expect(hostFor({ sample: false }).privateNetworks).toEqual(['10.20.0.0/16', 'fd00::/8']);
  expect(hostFor({ sample: true }).privateNetworks).toEqual([]);
});
