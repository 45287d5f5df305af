/** An address without what may be a secret in it; `undefined` for what is no address of the web. */
export function withoutCredentials(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || !/^(?:https?|git\+https?|git\+ssh|ssh|git):$/.test(url.protocol) || text.length > 2000) return undefined;
  url.username = '';
  url.password = '';
  url.search = '';
  return url.href;
}
