import { expect, test } from 'vitest';
import { minorReleaseOf, streamOfContentSets, streamOfProduct } from './minor-releases.js';

test.each<[string, readonly string[], string | undefined]>([
  // As openshift-base-rhel9 4.16 and ubi8-minimal 8.5 have them.
  ['a stream, beside what is built on it', ['rhel-9-for-x86_64-appstream-eus-rpms__9_DOT_4', 'rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_4', 'rhocp-4.16-for-rhel-9-x86_64-rpms'], 'eus:9.4'],
  ['the main stream', ['rhel-8-for-x86_64-baseos-rpms', 'rhel-8-for-x86_64-appstream-rpms'], undefined],
  ['the main stream of a major release, written out', ['rhel-8-for-x86_64-baseos-rpms__8'], undefined],
  ['both', ['rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_4', 'rhel-9-for-aarch64-baseos-rpms'], undefined],
  ['a stream without its release: that of os-release', ['rhel-9-for-x86_64-baseos-e4s-rpms'], 'e4s:9.2'],
  ['release 7', ['rhel-7-server-eus-rpms__7_DOT_7__x86_64'], 'eus:7.7'],
  ['only what is built on it', ['rhocp-4.16-for-rhel-9-x86_64-rpms', 'rhel-9-for-x86_64-rt-rpms__9_DOT_4'], undefined],
  ['none', [], undefined],
])('the stream of content sets: %s', (_, names, expected) => {
  expect(streamOfContentSets(names, '9.2')).toBe(expected);
});

test.each([
  ['cpe:/a:redhat:rhel_eus:9.4::appstream', 'eus:9.4'],
  ['cpe:/o:redhat:rhel_eus_long_life:8.4::baseos', 'eus_long_life:8.4'],
  ['cpe:/o:redhat:enterprise_linux_eus:10.0', 'eus:10.0'],
  ['cpe:/a:redhat:enterprise_linux:9::appstream', undefined],
  ['cpe:/a:redhat:openshift:4.16::el9', undefined],
])('the stream of %s is %s', (cpe, expected) => {
  expect(streamOfProduct(cpe)).toBe(expected);
});

test.each([
  ['7.76.1-14.el9_0.9', 0],
  ['1.0.6-4.el8_10', 10],
  ['0.78-11.module+el8.6.0+23193+53aa8c2a.1', 6],
  ['18.20.2-1.module_el9.4.0+100+71fc9528', 4],
  ['7.76.1-29.el9', undefined],
  ['2-7.rhaos4.16.el9', undefined],
])('the minor release of %s is %s', (version, expected) => {
  expect(minorReleaseOf(version)).toBe(expected);
});
