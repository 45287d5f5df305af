import { timingSafeEqual } from 'node:crypto';
import type { Principal, PrincipalDirectory } from '../iam/principal-directory.js';
import { ServiceFault } from '../errors.js';
import { canonicalRequest, computeSignature, type CredentialScope, type SignableRequest } from './signature-v4.js';

const SKEW_MS = 5 * 60 * 1_000;
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/** What the service accepts. */
export interface SignatureExpectation {
  readonly region: string;
  readonly service: string;
  readonly now: Date;
}

interface ParsedAuthorization {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** `2026-01-01T00:00:00Z` as AWS writes it in signatures: `20260101T000000Z`. */
export function basicTimestamp(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function parseBasicTimestamp(text: string): Date | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

const incomplete = (text: string) => new ServiceFault('IncompleteSignatureException', text);
const invalid = (text: string) => new ServiceFault('InvalidSignatureException', text);
const unrecognized = () => new ServiceFault('UnrecognizedClientException', 'The security token included in the request is invalid.');

function parseAuthorization(header: string): ParsedAuthorization {
  if (!header.startsWith('AWS4-HMAC-SHA256 ')) throw incomplete("Unsupported authorization scheme: 'AWS4-HMAC-SHA256' is required.");
  const parameters = new Map<string, string>();
  for (const pair of header.slice('AWS4-HMAC-SHA256 '.length).split(',')) {
    const equals = pair.indexOf('=');
    if (equals > 0) parameters.set(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim());
  }
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !parameters.get(name));
  if (missing.length > 0) throw incomplete(missing.map((name) => `Authorization header requires '${name}' parameter.`).join(' '));
  const credential = (parameters.get('Credential') ?? '').split('/');
  const [accessKeyId, date, region, service, terminator] = credential;
  if (credential.length !== 5 || !accessKeyId || date === undefined || region === undefined || service === undefined || terminator === undefined) {
    throw incomplete('Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.');
  }
  return {
    accessKeyId,
    scope: { date, region, service, terminator },
    signedHeaders: (parameters.get('SignedHeaders') ?? '').split(';'),
    signature: parameters.get('Signature') ?? '',
  };
}

function checkScope(scope: CredentialScope, timestamp: string, expected: SignatureExpectation): void {
  const problems: string[] = [];
  if (scope.region !== expected.region) problems.push(`Credential should be scoped to a valid region, not '${scope.region}'.`);
  if (scope.service !== expected.service) problems.push(`Credential should be scoped to correct service: '${expected.service}'.`);
  if (scope.terminator !== 'aws4_request') {
    problems.push(`Credential should be scoped with a valid terminator: 'aws4_request', not '${scope.terminator}'.`);
  }
  if (scope.date !== timestamp.slice(0, 8)) {
    problems.push(`Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${timestamp.slice(0, 8)}', from '${timestamp}'.`);
  }
  if (problems.length > 0) throw invalid(problems.join(' '));
}

function checkSkew(signedAt: Date, timestamp: string, now: Date): void {
  if (signedAt.getTime() < now.getTime() - SKEW_MS) {
    const earliest = basicTimestamp(new Date(now.getTime() - SKEW_MS));
    throw invalid(`Signature expired: ${timestamp} is now earlier than ${earliest} (${basicTimestamp(now)} - 5 min.)`);
  }
  if (signedAt.getTime() > now.getTime() + SKEW_MS) {
    const latest = basicTimestamp(new Date(now.getTime() + SKEW_MS));
    throw invalid(`Signature not yet current: ${timestamp} is still later than ${latest} (${basicTimestamp(now)} + 5 min.)`);
  }
}

function checkSession(principal: Principal, token: string | undefined, now: Date): void {
  // A temporary key without its token, a long-lived key with one, and a wrong token are told apart by nobody.
  if (principal.sessionToken !== token) throw unrecognized();
  if (principal.sessionExpiresAt !== undefined && principal.sessionExpiresAt <= now) {
    throw new ServiceFault('ExpiredTokenException', 'The security token included in the request is expired');
  }
}

/**
 * Answers who signed the request, or throws the {@link ServiceFault} that the JSON services of AWS would send: checks the form, then the key,
 * the session token, the scope, the clock (five minutes either way) and the signature over the headers and body as received.
 */
export function verifySignature(request: SignableRequest, directory: PrincipalDirectory, expected: SignatureExpectation): Principal {
  const header = request.headers.get('authorization');
  if (header === undefined || header === '') throw new ServiceFault('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const authorization = parseAuthorization(header);
  const timestamp = request.headers.get('x-amz-date') ?? '';
  const signedAt = parseBasicTimestamp(timestamp);
  if (signedAt === undefined) {
    throw incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header, in the form YYYYMMDD'T'HHMMSS'Z'.");
  }
  if (!authorization.signedHeaders.includes('host')) throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  const principal = directory.findByAccessKey(authorization.accessKeyId);
  if (principal === undefined || !principal.active) throw unrecognized();
  checkScope(authorization.scope, timestamp, expected);
  checkSkew(signedAt, timestamp, expected.now);
  const canonical = canonicalRequest(request, authorization.signedHeaders);
  const signature = Buffer.from(computeSignature(principal.secretAccessKey, authorization.scope, timestamp, canonical));
  const given = Buffer.from(authorization.signature);
  const sorted = authorization.signedHeaders.every((name, index, names) => index === 0 || (names[index - 1] ?? '') < name);
  if (!sorted || given.length !== signature.length || !timingSafeEqual(given, signature)) throw invalid(MISMATCH);
  checkSession(principal, request.headers.get('x-amz-security-token'), expected.now);
  return principal;
}
