import type { MatchComponent, MatchDistribution } from './match-input.js';

/** What rpm packages of a distribution name as their vendor. Others come from somewhere else: EPEL, a vendor's own repository. */
const vendors: ReadonlyMap<string, RegExp> = new Map(Object.entries({
  rhel: /^Red Hat/,
  centos: /^(?:CentOS|Red Hat)/,
  almalinux: /^(?:AlmaLinux|CloudLinux)/,
  rocky: /^Rocky/,
  ol: /^Oracle/,
  amzn: /^Amazon/,
  sles: /^(?:SUSE|openSUSE|Novell)/,
  'opensuse-leap': /^(?:SUSE|openSUSE)/,
  'opensuse-tumbleweed': /^(?:SUSE|openSUSE)/,
  photon: /^(?:VMware|Broadcom)/,
  azurelinux: /^Microsoft/,
  mariner: /^Microsoft/,
}));

/**
 * True for an rpm package that says it was built by someone else than the distribution. Its advisories say nothing of it, even
 * where they name a package of that name. Packages that name no vendor count as the distribution's.
 */
export function isFromElsewhere(component: MatchComponent, distribution: MatchDistribution): boolean {
  const { supplier } = component;
  const expected = vendors.get(distribution.id);
  return component.ecosystem === 'rpm' && expected !== undefined && supplier !== undefined && supplier !== '' && supplier !== '(none)' && !expected.test(supplier);
}
