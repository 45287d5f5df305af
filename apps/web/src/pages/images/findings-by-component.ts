interface ComponentFinding {
  readonly packageKey: string;
  readonly packageName: string;
  readonly packageVersion: string;
  readonly ecosystem: string;
}

/** A component with its findings. */
interface ComponentFindings<Finding> {
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly ecosystem: string;
  readonly findings: readonly Finding[];
}

/** Findings below the component they are in; both in the order given, so that the component with the worst finding is first. */
export function findingsByComponent<Finding extends ComponentFinding>(findings: readonly Finding[]): readonly ComponentFindings<Finding>[] {
  const groups = Map.groupBy(findings, ({ packageKey, packageVersion }) => `${packageKey}@${packageVersion}`);
  return [...groups].map(([key, group]) => {
    const { packageName: name = '', packageVersion: version = '', ecosystem = '' } = group[0] ?? {};
    return { key, name, version, ecosystem, findings: group };
  });
}
