import { expect, test } from 'vitest';
import { dialPolicyFor } from './dial-policy.js';

test.each([
  [undefined, 'loopback'],
  ['https://vpce-0123-abcd.dkr.ecr.eu-central-1.vpce.amazonaws.com', 'loopback'],
  ['https://10.20.30.40', 'loopback'],
  ['http://registry.internal:5000', 'loopback'],
  ['http://localhost.example.org:5000', 'loopback'],
  ['no address', 'loopback'],
  ['http://localhost:4510', undefined],
  ['http://127.0.0.1:4510', undefined],
  ['http://[::1]:4510', undefined],
])('connecting to %s, this machine is dialled unless refused as %s', (connectTo, refusal) => {
  const policy = dialPolicyFor({ privateNetworks: ['10.20.0.0/16'] }, connectTo);

  expect(['127.0.0.1', '::1', '10.20.30.40', '10.21.0.1'].map((address) => policy.refusal(address))).toEqual([refusal, refusal, undefined, 'private']);
});
