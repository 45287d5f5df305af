/**
 * The two parts of an image's or repository's whole name, such as `public.ecr.aws/nginx/nginx`: what stands before the first slash
 * is the host (with its port), what follows is the path that the registry knows it by. Names are whole here: a short one such as
 * `nginx` is given its registry when it is read, by a plugin's `parseReference`.
 */
export function registryHostOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf('/')));
}

/** The path of a whole name inside its registry, without a host: `nginx/nginx`. See `registryHostOf`. */
export function registryPathOf(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
