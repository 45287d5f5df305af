/**
 * Whether `wanted` means the image saved as `saved` in an archive or a layout: the same name, the tag alone, or one
 * written in full and the other as Docker shortens it (`nginx:1.27` and `docker.io/library/nginx:1.27`).
 */
export function isImageNamed(saved: string, wanted: string): boolean {
  if (saved === wanted || withRegistry(saved) === withRegistry(wanted)) return true;
  return !/[/:]/.test(wanted) && saved.endsWith(`:${wanted}`);
}

function withRegistry(name: string): string {
  const [first = '', ...rest] = name.split('/');
  if (rest.length === 0) return `docker.io/library/${name}`;
  const isHost = first.includes('.') || first.includes(':') || first === 'localhost';
  return isHost ? name : `docker.io/${name}`;
}
