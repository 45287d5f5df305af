/** The host of Docker Hub in references; it answers at other names. */
export const dockerHub = 'docker.io';

const aliases = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com', 'www.docker.io']);

/** One name for a registry that has several. */
export function canonicalHost(host: string): string {
  return aliases.has(host) ? dockerHub : host;
}

/** Docker Hub's own images have a name of one part and are kept under `library/`. */
export function canonicalRepository(host: string, repository: string): string {
  return host === dockerHub && !repository.includes('/') ? `library/${repository}` : repository;
}
