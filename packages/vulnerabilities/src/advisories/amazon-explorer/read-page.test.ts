import { describe, expect, test } from 'vitest';
import { explorerPage, packagesHead, row } from './explorer-page.support.test.js';
import { readPage } from './read-page.js';

const cve = 'CVE-2025-11111';

test('a page says what every package of every platform is', () => {
  const rows = [row('Amazon Linux 1', 'curl', 'Not Affected'), row('Amazon Linux 2 - Core', 'curl', 'Pending Fix'), row('Amazon Linux 2 - Php8.0 Extra', 'curl', 'No Fix Planned'), row('Amazon Linux 2023', 'curl', 'Fixed', 'ALAS2023-2025-900')];
  expect(readPage(explorerPage(cve, rows), cve)).toEqual({
    cve,
    description: 'A flaw & what it does.',
    vectors: ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', 'AV:N/AC:L/Au:N/C:P/I:N/A:N'],
    statements: [
      { platform: 'Amazon Linux 1', package: 'curl', status: 'not affected' },
      { platform: 'Amazon Linux 2 - Core', package: 'curl', status: 'pending fix' },
      { platform: 'Amazon Linux 2 - Php8.0 Extra', package: 'curl', status: 'no fix planned' },
      { platform: 'Amazon Linux 2023', package: 'curl', status: 'fixed' },
    ],
  });
});

describe('what else a page may hold', () => {
  test.each<[string, string, number]>([
    ['columns in another order, and more of them', explorerPage(cve, [['Pending Fix', 'x', 'Amazon Linux 2', 'curl']], ['Status', 'Severity', 'Platform', 'Package']), 1],
    ['no package at all', explorerPage(cve, []), 0],
    ['a remark in place of rows', explorerPage(cve, [['No packages are affected.']]), 0],
    ['a table before it', explorerPage(cve, [row('Amazon Linux 2', 'curl', 'Fixed')]).replace('<nav>', '<table><tr><td>News</td></tr></table><nav>'), 1],
    ['tables without a head of their own, or a closing tag', `<p>${cve}<table><tr><td>Platform<td>Package<td>Status<tr><td>Amazon Linux 2<td>curl<td>Pending Fix`, 1],
  ])('%s', (_, html, statements) => {
    expect(readPage(html, cve).statements).toHaveLength(statements);
  });
});

describe('a page is not read at all when', () => {
  test.each<[string, string, string]>([
    ['it is another page', '<!doctype html><html><body>Down for maintenance</body></html>', 'The page does not name CVE-2025-11111.'],
    ['it is about another vulnerability', explorerPage('CVE-2025-22222', []), 'The page does not name CVE-2025-11111.'],
    ['its table is gone', `<h1>${cve}</h1>`, 'The page of CVE-2025-11111 has no table of platforms, packages and statuses.'],
    ['a column is named otherwise', explorerPage(cve, [], packagesHead.map((head) => head.replace('Status', 'State'))), 'The page of CVE-2025-11111 has no table of platforms, packages and statuses.'],
    ['a status is unheard of', explorerPage(cve, [row('Amazon Linux 2', 'curl', 'Under Investigation')]), 'The page of CVE-2025-11111 gives curl in Amazon Linux 2 the status “Under Investigation”.'],
    ['a row has no status', explorerPage(cve, [['Amazon Linux 2', 'curl']]), 'The page of CVE-2025-11111 gives curl in Amazon Linux 2 the status “”.'],
    ['a row names no package', explorerPage(cve, [row('Amazon Linux 2', '', 'Fixed')]), 'The page of CVE-2025-11111 names no package in Amazon Linux 2.'],
  ])('%s', (_, html, message) => {
    expect(() => readPage(html, cve)).toThrow(expect.objectContaining({ code: 'feed-malformed', message }));
  });
});

test('a page of a million nested elements is read, and ends', () => {
  expect(() => readPage(`${cve}${'<b>'.repeat(100_000)}${'<table>'.repeat(2_000)}`, cve)).toThrow('has no table');
});
