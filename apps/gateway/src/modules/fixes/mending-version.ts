import { isOperatingSystemPackage, schemeOfPackageType } from '@esscm/vulnerabilities';

/**
 * The smallest version that mends every finding of a package: the largest of their fixed versions. Undefined when one of them is no
 * version of the ecosystem, because then none can be called the largest; and for a package of several releases of distributions, because
 * the version of one cannot be installed in another.
 */
export function mendingVersion(ecosystem: string, fixVersions: readonly string[], distributionCount: number): string | undefined {
  if (distributionCount > 1 && isOperatingSystemPackage({ ecosystem })) return undefined;
  if (fixVersions.length === 1) return fixVersions[0];
  const scheme = schemeOfPackageType(ecosystem);
  const keyed = fixVersions.map((version) => ({ version, key: scheme?.parse(version) }));
  if (keyed.some(({ key }) => key === undefined)) return undefined;
  return keyed.toSorted((one, other) => ((one.key ?? '') < (other.key ?? '') ? 1 : -1))[0]?.version;
}
