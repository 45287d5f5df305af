/** Where to go after signing in: an address of this app, never another site's. */
export function returnAddress(asked: string | null): string {
  return asked !== null && /^\/(?![/\\])/.test(asked) ? asked : '/';
}
