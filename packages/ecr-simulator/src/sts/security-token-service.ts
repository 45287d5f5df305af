import { policyDocumentSchema, type PolicyDocument } from '../iam/policy-document.js';
import { matchingEffects } from '../iam/match-statement.js';
import type { Principal } from '../iam/principal-directory.js';
import { authorize, denialText } from '../iam/authorize.js';
import { ServiceFault } from '../errors.js';
import type { OutgoingAnswer, ReadRequest } from '../http/exchange.js';
import { verifySignature } from '../signature/verify-signature.js';
import type { SimulatorState } from '../simulator-state.js';

/** Names of the signature faults in the query protocol, with their status. */
const QUERY_FAULTS: Readonly<Record<string, readonly [code: string, status: number]>> = {
  MissingAuthenticationTokenException: ['MissingAuthenticationToken', 403],
  IncompleteSignatureException: ['IncompleteSignature', 400],
  UnrecognizedClientException: ['InvalidClientTokenId', 403],
  InvalidSignatureException: ['SignatureDoesNotMatch', 403],
  ExpiredTokenException: ['ExpiredToken', 403],
};

const escapeXml = (text: string): string => text.replace(/[<>&"']/g, (symbol) => `&#${symbol.charCodeAt(0)};`);

const elements = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join('');

function success(operation: string, result: string, requestId: string): OutgoingAnswer {
  const body = `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result>${result}</${operation}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`;
  return { status: 200, headers: { 'Content-Type': 'text/xml' }, body };
}

/** The XML error of the query protocol. */
export function xmlFault(fault: ServiceFault, requestId: string): OutgoingAnswer {
  const [code, status] = QUERY_FAULTS[fault.code] ?? [fault.code, fault.status];
  const error = elements({ Type: status >= 500 ? 'Receiver' : 'Sender', Code: code, Message: fault.message });
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>${error}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status, headers: { 'Content-Type': 'text/xml' }, body };
}

function requiredField(form: URLSearchParams, name: string, pattern: RegExp): string {
  const value = form.get(name);
  if (value === null || !pattern.test(value)) {
    const member = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    throw new ServiceFault('ValidationError', `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern.source}`);
  }
  return value;
}

function readSessionPolicy(form: URLSearchParams): PolicyDocument | undefined {
  const text = form.get('Policy');
  if (text === null) return undefined;
  if (text.length > 2_048) throw new ServiceFault('PackedPolicyTooLarge', 'Packed size of session policy is too large');
  try {
    return policyDocumentSchema.parse(JSON.parse(text));
  } catch {
    throw new ServiceFault('MalformedPolicyDocument', 'The session policy is not a valid policy document');
  }
}

function assumeRole(state: SimulatorState, caller: Principal, form: URLSearchParams): string {
  const roleArn = requiredField(form, 'RoleArn', /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/);
  const sessionName = requiredField(form, 'RoleSessionName', /^[\w+=,.@-]{2,64}$/);
  const externalId = form.get('ExternalId');
  const durationSeconds = Number(form.get('DurationSeconds') ?? '3600');
  if (!Number.isInteger(durationSeconds) || durationSeconds < 900 || durationSeconds > 43_200) {
    throw new ServiceFault('ValidationError', "1 validation error detected: Value at 'durationSeconds' failed to satisfy constraint: Member must have value between 900 and 43200");
  }
  const sessionPolicy = readSessionPolicy(form);
  const role = state.directory.findRole(roleArn);
  const request = {
    action: 'sts:AssumeRole',
    resource: roleArn,
    context: { 'aws:principalarn': caller.arn, ...(externalId === null ? {} : { 'sts:externalid': externalId }) },
  };
  // Whether the role is missing, the trust does not hold, or the caller may not: AWS says the same.
  const denied = () => new ServiceFault('AccessDenied', denialText(caller.arn, request, '').trimEnd(), 403);
  if (role === undefined) throw denied();
  const trust = matchingEffects(role.trustPolicy, request, caller);
  const decision = authorize(caller, caller.policies, { account: role.account ?? state.account, policy: role.trustPolicy }, request);
  if (!trust.has('Allow') || !decision.allowed) throw denied();
  const longest = caller.roleArn === undefined ? (role.maxSessionDurationSeconds ?? 3_600) : 3_600;
  if (durationSeconds > longest) {
    throw new ServiceFault('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  const expiresAt = new Date(state.now().getTime() + durationSeconds * 1_000);
  const session = state.directory.beginSession(roleArn, role, sessionName, expiresAt, sessionPolicy);
  const user = elements({ AssumedRoleId: session.userId, Arn: session.arn });
  const credentials = elements({
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    SessionToken: session.sessionToken ?? '',
    Expiration: expiresAt.toISOString(),
  });
  return `<AssumedRoleUser>${user}</AssumedRoleUser><Credentials>${credentials}</Credentials>`;
}

/** Answers GetCallerIdentity, which no policy can deny, and AssumeRole: query protocol, API version 2011-06-15. */
export function answerSecurityTokenService(state: SimulatorState, request: ReadRequest, requestId: string): OutgoingAnswer {
  try {
    const form = new URLSearchParams(request.body.toString('utf8'));
    const action = form.get('Action') ?? '';
    const caller = verifySignature(request, state.directory, { region: state.region, service: 'sts', now: state.now() });
    request.note.principal = caller.arn;
    if (action === 'GetCallerIdentity') {
      return success(action, elements({ Arn: caller.arn, UserId: caller.userId, Account: caller.account }), requestId);
    }
    if (action === 'AssumeRole') return success(action, assumeRole(state, caller, form), requestId);
    throw new ServiceFault('InvalidAction', `Could not find operation ${action} for version 2011-06-15`);
  } catch (error) {
    if (error instanceof ServiceFault) return xmlFault(error, requestId);
    throw error;
  }
}
