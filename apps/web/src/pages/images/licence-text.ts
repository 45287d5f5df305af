interface Licence {
  readonly declared: string;
  readonly spdxExpression?: string | null;
}

/** Licences in one line: the SPDX expression where one is known, else as declared; "–" when nothing is declared. */
export function licenceText(licences: readonly Licence[]): string {
  const names = [...new Set(licences.map(({ declared, spdxExpression }) => spdxExpression ?? declared))].filter((name) => name !== '');
  return names.length === 0 ? '–' : names.length > 2 ? `${names.slice(0, 2).join(', ')} +${names.length - 2}` : names.join(', ');
}
