import { execFileSync } from 'node:child_process';

/**
 * Pushes an OCI layout, with all its platforms, to a registry on this machine, by skopeo.
 * @param layout folder, with `:tag` where it holds several images
 * @param registry its address, `http://127.0.0.1:5000`
 * @param name repository and tag
 * @returns the reference to scan
 */
export function pushLayout(layout: string, registry: string, name: string): string {
  const reference = `${new URL(registry).host}/${name}`;
  execFileSync('skopeo', ['copy', '--quiet', '--all', '--dest-tls-verify=false', `oci:${layout}`, `docker://${reference}`]);
  return reference;
}
