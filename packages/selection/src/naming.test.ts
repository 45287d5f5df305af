import { describe, expect, it } from 'vitest';
import { checkTemplates, defaultNaming, namesOf } from './naming.js';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const image = { repository: 'payments/checkout-api', tag: '2.14.3', digest, pushedAt: new Date('2026-11-23T06:00:00Z') };
const { tag: _tag, pushedAt: _pushedAt, ...untagged } = image;

describe('namesOf', () => {
  it.each([
    [defaultNaming, image, 'payments/checkout-api', '2.14.3'],
    [defaultNaming, untagged, 'payments/checkout-api', '0123456789ab'],
    [{ project: 'Team {name}', version: '{tag}-{digest:12}' }, image, 'Team checkout-api', '2.14.3-0123456789ab'],
    [{ project: 'Shop', version: '{pushed}' }, image, 'Shop', '2026-11-23'],
    [{ project: 'Shop', version: '{pushed}' }, untagged, 'Shop', 'unknown'],
    [{ project: '{digest:0}', version: '{digest}' }, image, 'unnamed', digest.slice(7)],
    // The end of a long path tells more than its beginning.
    [defaultNaming, { ...image, repository: `${'a'.repeat(120)}/web` }, `${'a'.repeat(96)}/web`, '2.14.3'],
  ])('%o', (templates, named, projectName, projectVersion) => {
    expect(namesOf(templates, named)).toEqual({ projectName, projectVersion });
  });

  it('refuses a placeholder that does not exist, naming those that do', () => {
    expect(() => checkTemplates({ project: '{repo}', version: '{tag}' })).toThrow('There is no placeholder {repo}. Use {repository},');
    expect(() => checkTemplates({ project: 'x', version: '{digest:x}' })).toThrow('There is no placeholder {digest:x}.');
    expect(() => checkTemplates(defaultNaming)).not.toThrow();
  });
});
