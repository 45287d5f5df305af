import type { CheckedDocument, DocumentProblem, ProfileResult, RuleResult } from '@esscm/sbom/documents';

/** Components named in a line; the JSON has a few more. */
const namedInLine = 3;

/** Validity and profiles of a document for people. */
export function writeJudgement({ document, problems, dangling }: CheckedDocument, results: readonly ProfileResult[]): string {
  const name = `${document.specification} ${document.version} (${document.encoding}), ${document.components.length} components`;
  return [
    name,
    problems.length === 0 ? 'It keeps the rules of its format.' : 'It breaks the rules of its format:',
    ...problems.map(problemLine),
    ...(dangling.length === 0 ? [] : ['References that lead nowhere:', ...dangling.map(problemLine)]),
    ...results.flatMap(profileLines),
    '',
  ].join('\n');
}

function problemLine({ place, message }: DocumentProblem): string {
  return `  ${place === '' ? 'the document' : place}: ${message}`;
}

function profileLines({ profile, score, rules }: ProfileResult): readonly string[] {
  const missing = rules.filter(({ satisfied, total }) => satisfied < total);
  return ['', `${profile.title}: ${score.toFixed(1)} of 10`, `  ${profile.source}`, ...(missing.length === 0 ? ['  Nothing is missing.'] : missing.map(ruleLine))];
}

function ruleLine({ title, section, level, satisfied, total, missing }: RuleResult): string {
  const share = total === 1 && missing.length === 0 ? 'missing' : `missing in ${total - satisfied} of ${total}`;
  const named = missing.length === 0 ? '' : `: ${missing.slice(0, namedInLine).join(', ')}${total - satisfied > namedInLine ? ', …' : ''}`;
  return `  ${title} (${section}${level === 'required' ? '' : ', where it exists'}): ${share}${named}`;
}

/** The same for programs. */
export function writeJudgementJson({ document, problems, dangling }: CheckedDocument, results: readonly ProfileResult[]): string {
  const { specification, version, encoding, identifier, created } = document;
  return `${JSON.stringify({ document: { specification, version, encoding, identifier, created, components: document.components.length }, valid: problems.length === 0 && dangling.length === 0, problems, dangling, profiles: results }, undefined, 2)}\n`;
}
