/** One vulnerability that a matcher reports in one component. */
export interface PeerFinding {
  readonly packageUrl: string;
  /** Every identifier it gives. */
  readonly identifiers: readonly string[];
}

/** The package URL of a component another tool names; undefined when it is none of ours. */
export type FindComponent = (type: string, name: string, version: string) => string | undefined;

/** What two matchers say of the same components. */
export interface Comparison {
  readonly both: readonly PeerFinding[];
  readonly onlyOurs: readonly PeerFinding[];
  readonly onlyTheirs: readonly PeerFinding[];
}

/** Two findings are the same when they are of one component and share an identifier. */
export function compareFindings(ours: readonly PeerFinding[], theirs: readonly PeerFinding[]): Comparison {
  const keysOf = ({ packageUrl, identifiers }: PeerFinding): string[] => identifiers.map((id) => `${packageUrl}\n${id}`);
  const ourKeys = new Set(ours.flatMap(keysOf));
  const theirKeys = new Set(theirs.flatMap(keysOf));
  const isTheirs = (finding: PeerFinding): boolean => keysOf(finding).some((key) => theirKeys.has(key));
  return {
    both: ours.filter(isTheirs),
    onlyOurs: ours.filter((finding) => !isTheirs(finding)),
    onlyTheirs: theirs.filter((finding) => !keysOf(finding).some((key) => ourKeys.has(key))),
  };
}
