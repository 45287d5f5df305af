interface Fix {
  readonly fixState: string;
  readonly fixVersion?: string | null;
}

/** What there is to upgrade to, in a cell: the version, or why there is none. */
export function fixText({ fixState, fixVersion }: Fix): { readonly version: string } | { readonly reason: string } {
  if (fixVersion != null && fixVersion !== '') return { version: fixVersion };
  return { reason: reasons[fixState] ?? 'No fix' };
}

const reasons: Readonly<Record<string, string>> = { subscription: 'Paid only', 'wont-fix': 'Not planned', unfixed: 'No fix', unknown: 'Not known' };

/** The one thing to do about a finding. */
export function remedyText({ fixState, fixVersion }: Fix, packageName: string): string {
  const fix = fixText({ fixState, fixVersion: fixVersion ?? null });
  if ('version' in fix) return `Upgrade ${packageName} to ${fix.version}`;
  if (fixState === 'subscription') return 'Fixed for customers of a paid service only';
  return fixState === 'wont-fix' ? 'No fix is planned. Remove the package, or decide that it does not matter here' : 'No fixed version yet';
}
