/** What trivy calls operating systems, of its releases of today and before, where os-release says otherwise. */
const idsOfNames: ReadonlyMap<string, string> = new Map([
  ['alma', 'almalinux'],
  ['amazon', 'amzn'],
  ['amazon linux', 'amzn'],
  ['cbl-mariner', 'mariner'],
  ['centos-stream', 'centos'],
  ['debian gnu/linux', 'debian'],
  ['opensuse.leap', 'opensuse-leap'],
  ['opensuse.tumbleweed', 'opensuse-tumbleweed'],
  ['oracle', 'ol'],
  ['redhat', 'rhel'],
  ['suse linux enterprise server', 'sles'],
]);

/** The ID of os-release for a name of an operating system in a document; the name itself where no other is known. */
export function osReleaseId(name: string): string {
  return idsOfNames.get(name) ?? name;
}

/** The VERSION_ID of os-release; trivy writes the code name after it for Amazon Linux, as in `2 (Karoo)`. */
export function osReleaseVersion(version: string): string {
  return version.replace(/ \([^()]*\)$/, '');
}
