/** What a registry asks for with 401. */
export type Challenge =
  | { readonly scheme: 'basic' }
  | {
      readonly scheme: 'bearer';
      /** Address of the token service; not yet checked. */
      readonly realm: string;
      readonly service?: string;
      readonly scope?: string;
    };

/**
 * The challenge to follow in a `WWW-Authenticate` header (RFC 9110, 11.6.1): Bearer with a realm before Basic; undefined
 * when there is neither. Several challenges may share one header.
 */
export function parseChallenge(header: string | undefined): Challenge | undefined {
  const challenges = splitChallenges((header ?? '').slice(0, 8192));
  for (const { scheme, parameters } of challenges) {
    const realm = parameters.get('realm');
    if (scheme !== 'bearer' || realm === undefined || realm === '') continue;
    const service = parameters.get('service');
    const scope = parameters.get('scope');
    return {
      scheme: 'bearer',
      realm,
      ...(service === undefined ? {} : { service }),
      ...(scope === undefined || scope === '' ? {} : { scope }),
    };
  }
  return challenges.some(({ scheme }) => scheme === 'basic') ? { scheme: 'basic' } : undefined;
}

interface RawChallenge {
  readonly scheme: string;
  readonly parameters: Map<string, string>;
}

function splitChallenges(header: string): readonly RawChallenge[] {
  const challenges: RawChallenge[] = [];
  // Either `name=value` (quoted or token), which belongs to the scheme before it, or a word, which is a scheme.
  const parts = /([A-Za-z0-9_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))|([A-Za-z0-9_-]+)/g;
  for (const [, name, quoted, token, scheme] of header.matchAll(parts)) {
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
    else if (name !== undefined) {
      challenges.at(-1)?.parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? token ?? '');
    }
  }
  return challenges;
}
