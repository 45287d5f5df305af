import { OciError } from './errors.js';

/**
 * Where a redirect leads, without user information and fragment.
 * @throws OciError `protocol` for what is no web address, `blocked` for plain http unless the registry itself is spoken to
 * without TLS
 */
export function redirectTarget(from: URL, location: string, { plainHttp }: { readonly plainHttp: boolean }): URL {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  const { host } = from;
  if (target === undefined || (target.protocol !== 'https:' && target.protocol !== 'http:')) {
    throw new OciError({ code: 'protocol', message: `${host} redirected to something that is not a web address.`, host });
  }
  if (target.protocol === 'http:' && !plainHttp) {
    throw new OciError({
      code: 'blocked',
      message: `${host} redirected from https to an unprotected http address at ${target.host}, which is not followed.`,
      host,
    });
  }
  target.username = '';
  target.password = '';
  target.hash = '';
  return target;
}
