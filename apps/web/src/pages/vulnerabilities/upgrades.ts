interface InstalledPackage {
  readonly version: string;
  readonly fixVersion?: string | null;
}

/** What to upgrade to, and from which installed versions. */
interface Upgrade {
  /** Absent where no version is fixed yet. */
  readonly to?: string;
  readonly from: readonly string[];
}

/** Installed versions by what fixes them: each release of a distribution, and each line of a library, has a fix of its own. */
export function upgrades(packages: readonly InstalledPackage[]): readonly Upgrade[] {
  const byFix = Map.groupBy(packages, ({ fixVersion }) => fixVersion ?? '');
  return [...byFix].map(([to, installed]) => ({ ...(to !== '' && { to }), from: [...new Set(installed.map(({ version }) => version))] }));
}
