import { expect, test } from 'vitest';
import { isFromElsewhere } from './package-origin.js';

test.each([
  ['rhel', 'Red Hat, Inc.', false],
  ['rhel', 'Fedora Project', true],
  ['centos', 'CentOS', false],
  ['almalinux', 'AlmaLinux', false],
  ['almalinux', 'Remi’s RPM repository', true],
  ['rocky', 'Rocky Enterprise Software Foundation', false],
  ['ol', 'Oracle America', false],
  ['amzn', 'Amazon Linux', false],
  ['amzn', 'Docker', true],
  ['sles', 'SUSE LLC <https://www.suse.com/>', false],
  ['opensuse-leap', 'openSUSE', false],
  ['photon', 'VMware, Inc.', false],
  ['azurelinux', 'Microsoft Corporation', false],
  ['rhel', '(none)', false],
  ['rhel', '', false],
  ['rhel', undefined, false],
  // Nothing is known of its vendors.
  ['openEuler', 'anyone', false],
  ['constructor', 'anyone', false],
] as const)('%s: a package of %s is from elsewhere: %s', (id, supplier, expected) => {
  const component = { id: '1', ecosystem: 'rpm', name: 'x', version: '1-1', packageUrl: 'pkg:rpm/x@1-1', locations: [], ...(supplier === undefined ? {} : { supplier }) };
  expect(isFromElsewhere(component, { id, idLike: [] })).toBe(expected);
});

test('packages of other kinds are not told apart', () => {
  const component = { id: '1', ecosystem: 'deb', name: 'x', version: '1-1', packageUrl: 'pkg:deb/x@1-1', locations: [], supplier: 'Docker <support@docker.com>' };
  expect(isFromElsewhere(component, { id: 'debian', idLike: [] })).toBe(false);
});
