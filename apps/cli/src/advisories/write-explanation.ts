import type { AdvisoryDatabase, StoredAdvisory } from '@esscm/vulnerabilities';

/** Ranges shown of one record; notices of distributions have thousands. */
const rangesShown = 20;

/** What the database holds on an identifier, for people. Undefined when it holds nothing. */
export function writeExplanation(database: AdvisoryDatabase, identifier: string): string | undefined {
  const advisories = database.advisoriesNaming(identifier);
  const enrichment = database.enrichment(identifier);
  if (advisories.length === 0 && enrichment === undefined) return undefined;
  const lines = [identifier];
  if (enrichment?.exploited !== undefined) {
    lines.push(`  Exploited: in the CISA catalogue since ${enrichment.exploited.added}, due ${enrichment.exploited.due}${enrichment.exploited.ransomware ? ', used by ransomware' : ''}`);
  }
  if (enrichment?.epss !== undefined) {
    lines.push(`  EPSS: ${(enrichment.epss.probability * 100).toFixed(2)} % in the next 30 days, above ${(enrichment.epss.percentile * 100).toFixed(1)} % of CVEs`);
  }
  return `${[...lines, ...advisories.flatMap((advisory) => explain(database, advisory))].join('\n')}\n`;
}

function explain(database: AdvisoryDatabase, advisory: StoredAdvisory): string[] {
  const ranges = advisory.withdrawn === undefined ? database.rangesOf(advisory) : [];
  const others = [
    ['also known as', advisory.aliases],
    ['speaks of', advisory.upstream],
    ['related to', advisory.related],
  ] as const;
  return [
    '',
    `${advisory.id}  (${advisory.source}, ${advisory.kind}${advisory.withdrawn === undefined ? '' : `, withdrawn ${advisory.withdrawn}`})`,
    ...(advisory.summary === '' ? [] : [`  ${advisory.summary}`]),
    ...others.filter(([, ids]) => ids.length > 0).map(([title, ids]) => `  ${title}: ${ids.join(', ')}`),
    ...advisory.severities.map((severity) => `  severity: ${severity.score}`),
    ...ranges.slice(0, rangesShown).map((range) => `  ${range.ecosystem} ${range.name}: ${inWords(range.events)}`),
    ...(ranges.length > rangesShown ? [`  … and ${ranges.length - rangesShown} more ranges`] : []),
  ];
}

const words: Readonly<Record<string, string>> = { i: 'from', f: 'fixed in', l: 'last affected', m: 'below' };

function inWords(events: string): string {
  if (events === '') return 'the listed versions';
  return events.split('\n').map((line) => `${words[line.charAt(0)] ?? ''} ${line.slice(1)}`).join(', ');
}
