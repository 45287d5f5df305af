import { expect, test } from 'vitest';
import { capabilityTags } from './capability-tags.js';

const variant = (name: string, listRepositories: boolean, pushEvents: boolean) => ({ name, capabilities: { listRepositories, pushEvents } });

test.each([
  ['two variants', [variant('Public', false, false), variant('Private', true, false)], ['Public', 'Private', 'Browse']],
  ['one variant needs no name', [variant('Registry', true, true)], ['Browse', 'Push events']],
  ['pull only', [variant('Registry', false, false)], []],
])('%s', (_, variants, tags) => {
  expect(capabilityTags(variants)).toEqual(tags);
});
