import type { ScanFailureRecord } from '@esscm/store';

/** Failures as users read them: the three headings of the troubleshooting guide first, then our own. */
export const headings = {
  credentials: 'Credentials verification failed',
  notFound: 'Repository not found',
  denied: 'Access denied',
  throttled: 'The registry is limiting requests',
  unreachable: 'The registry cannot be reached',
  blocked: 'The address is not allowed',
  damaged: 'The image is damaged',
  unexpected: 'Unexpected answer from the registry',
  unsupported: 'The image cannot be scanned',
  tooLarge: 'The image is too large',
  interrupted: 'The scan was interrupted',
  internal: 'The scan failed',
} as const;

type OptionalText = 'remedy' | 'remedySnippet' | 'upstreamCode' | 'upstreamMessage' | 'requestId';

/** Longest text that is kept of what an upstream said. */
const maximumTextLength = 4000;

/** A record with the texts there are; an upstream's own words are cut to a length that a page can show. */
export function failureRecord(
  record: Omit<ScanFailureRecord, OptionalText> & { readonly [Name in OptionalText]?: string | undefined },
): ScanFailureRecord {
  const { remedy, remedySnippet, upstreamCode, upstreamMessage, requestId, code, heading, message, retryable } = record;
  const texts = Object.entries({ remedy, remedySnippet, upstreamCode, upstreamMessage, requestId }).filter(([, text]) => text !== undefined);
  return {
    code,
    heading,
    message: message.slice(0, maximumTextLength),
    retryable,
    ...Object.fromEntries(texts.map(([name, text]) => [name, text?.slice(0, maximumTextLength)])),
  };
}
