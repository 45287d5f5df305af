import { expect, test } from 'vitest';
import { likeliest, searchResults } from './search-results.js';

test.each([
  ['CVE-2021-44228', '/vulnerabilities/CVE-2021-44228'],
  ['cve-2021-44228', '/vulnerabilities/CVE-2021-44228'],
  ['GHSA-JFH8-C2JP-5V3Q', '/vulnerabilities/GHSA-jfh8-c2jp-5v3q'],
  ['CVE-2021', '/components?search=CVE-2021'],
  ['log4j', '/components?search=log4j'],
])('Enter after %s leads to %s', (text, href) => {
  expect(likeliest(searchResults(text, undefined))?.href).toBe(href);
});
