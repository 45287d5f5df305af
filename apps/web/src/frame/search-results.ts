import { formatEcosystem } from '../formats/format-ecosystem.js';
import { formatCount, formatQuantity } from '../formats/format-count.js';
import type { GlobalSearchQuery } from '../gql/graphql.js';
import { paths } from '../paths.js';
import { imageSuffix } from '../scans/image-suffix.js';

/** One line of the search's list. */
export interface SearchResult {
  readonly id: string;
  readonly group: 'Vulnerability' | 'Images' | 'Components' | 'More';
  readonly text: string;
  readonly note: string;
  readonly href: string;
}

/** What was found, and where to see all of it: images, then components, then the pages that search further. */
export function searchResults(text: string, found: GlobalSearchQuery | undefined): readonly SearchResult[] {
  const images = (found?.images.edges ?? []).map(
    ({ node }): SearchResult => ({ id: node.id, group: 'Images', text: `${node.repository}${imageSuffix(node)}`, note: node.platform ?? '', href: paths.image(node.id) }),
  );
  const answer = found?.searchComponents.__typename === 'ComponentSearchPayload' ? found.searchComponents : undefined;
  const components = (answer?.edges ?? []).map(
    ({ node }): SearchResult => ({
      id: node.id,
      group: 'Components',
      text: `${node.name} ${node.version}`,
      note: `${formatEcosystem(node.ecosystem)}, ${formatQuantity(node.imageCount, 'image')}`,
      href: paths.components({ search: text, version: node.id }),
    }),
  );
  const vulnerability: readonly SearchResult[] = isIdentifier(text)
    ? [{ id: 'vulnerability', group: 'Vulnerability', text: identifierOf(text), note: '', href: paths.vulnerability(identifierOf(text)) }]
    : [];
  return [
    ...vulnerability,
    ...images,
    ...components,
    { id: 'all-images', group: 'More', text: `Images with "${text}" in the name`, note: '', href: paths.images({ search: text }) },
    { id: 'all-findings', group: 'More', text: `Findings with "${text}"`, note: '', href: paths.findings({ q: text }) },
    { id: 'all-components', group: 'More', text: `Components named "${text}"`, note: answer === undefined ? '' : formatCount(answer.totalCount), href: paths.components({ search: text }) },
  ];
}

/** Where Enter leads when no line was chosen: to the vulnerability whose id was typed whole, else to the search of components, which is the last. */
export function likeliest(results: readonly SearchResult[]): SearchResult | undefined {
  return results.find(({ group }) => group === 'Vulnerability') ?? results.at(-1);
}

/** An id of a vulnerability, written whole: CVE-2021-44228, GHSA-jfh8-c2jp-5v3q and the like. */
function isIdentifier(text: string): boolean {
  return /^(CVE-\d{4}-\d{4,}|GHSA(-[a-z0-9]{4}){3}|[A-Z]{2,8}-\d{4}-\d+)$/i.test(text);
}

/** As it is written: a GHSA id in small letters behind its prefix, all others in capitals. */
function identifierOf(text: string): string {
  return /^ghsa-/i.test(text) ? `GHSA${text.slice(4).toLowerCase()}` : text.toUpperCase();
}
