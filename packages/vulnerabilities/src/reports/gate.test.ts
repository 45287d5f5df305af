import { expect, test } from 'vitest';
import { exampleReport } from '../testing/example-report.js';
import { heldByGate } from './gate.js';
import type { Gate } from './gate.js';

const { result } = await exampleReport();
const withExploited = { ...result, findings: result.findings.map((finding) => (finding.id === 'CVE-2021-23337' ? { ...finding, enrichment: { exploited: { added: '2024-01-01', due: '2024-02-01', ransomware: false, action: '' } } } : finding)) };

test.each<[string, Gate, string[]]>([
  ['without a condition every open finding', {}, ['CVE-2024-9999', 'CVE-2021-23337', 'MAL-2024-1']],
  ['by severity, and malware always', { severity: 'critical' }, ['CVE-2024-9999', 'MAL-2024-1']],
  ['by severity, worse ones included', { severity: 'high' }, ['CVE-2024-9999', 'CVE-2021-23337', 'MAL-2024-1']],
  ['with a fix', { onlyFixed: true }, ['CVE-2024-9999', 'CVE-2021-23337', 'MAL-2024-1']],
  ['exploited', { exploited: true }, ['CVE-2021-23337', 'MAL-2024-1']],
  ['all conditions at once', { severity: 'critical', onlyFixed: true, exploited: true }, ['MAL-2024-1']],
])('holds back %s', (_what, gate, expected) => {
  expect(heldByGate(withExploited, gate).map((finding) => finding.id)).toEqual(expected);
});

test('what has no fix passes a gate for fixed ones', () => {
  const unfixed = { ...result, findings: result.findings.map((finding) => ({ ...finding, class: 'vulnerability' as const, fix: { state: 'unfixed' as const, version: undefined, alsoFixedIn: [] } })) };
  expect(heldByGate(unfixed, { onlyFixed: true })).toEqual([]);
});
