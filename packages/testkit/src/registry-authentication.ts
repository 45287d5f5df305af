import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RegistryBehaviour } from './registry-behaviour.js';
import { sendError, sendJson } from './registry-answers.js';

/** The test registry's doorman: challenges, tokens, refusals. */
export class RegistryAuthentication {
  readonly #behaviour: RegistryBehaviour;
  readonly #accepted = new Set<string>();
  readonly #revoked = new Set<string>();
  #issued = 0;

  constructor(behaviour: RegistryBehaviour) {
    this.#behaviour = behaviour;
  }

  get tokensIssued(): number {
    return this.#issued;
  }

  /** Tokens given so far are no longer accepted. */
  expireTokens(): void {
    this.#accepted.clear();
  }

  /** Refuses this credential from now on, as one that has expired. */
  revoke(username: string, password: string): void {
    this.#revoked.add(basic(username, password));
  }

  /** Accepts the request, or answers it and returns false. */
  admit(request: IncomingMessage, response: ServerResponse, scope: string): boolean {
    const { authentication, refusal } = this.#behaviour;
    if (authentication.kind === 'none') return true;
    const header = request.headers.authorization;
    if (header !== undefined && this.#isAccepted(header)) return true;
    if (header !== undefined && refusal === 'expired-403') {
      sendError(response, 403, 'DENIED', 'Your authorization token has expired. Reauthenticate and try again.');
    } else if (header !== undefined && refusal === 'invalid-400') {
      sendError(response, 400, 'DENIED', 'Your Authorization Token is invalid.');
    } else {
      response.setHeader('www-authenticate', this.#challenge(request, scope));
      sendError(response, 401, 'UNAUTHORIZED', 'Not Authorized');
    }
    return false;
  }

  /** Answers `GET /token`. */
  token(request: IncomingMessage, response: ServerResponse): void {
    const { authentication } = this.#behaviour;
    if (authentication.kind !== 'bearer') {
      sendError(response, 404, 'UNSUPPORTED', 'There is no token service.');
      return;
    }
    const { credential, tokenLifeSeconds } = authentication;
    const header = request.headers.authorization;
    if (credential !== undefined && header !== basic(credential.username, credential.password)) {
      sendError(response, 401, 'UNAUTHORIZED', 'incorrect username or password');
      return;
    }
    this.#issued += 1;
    const token = `test-token-${this.#issued}`;
    this.#accepted.add(`Bearer ${token}`);
    sendJson(response, 200, { token, ...(tokenLifeSeconds === undefined ? {} : { expires_in: tokenLifeSeconds }) });
  }

  #isAccepted(header: string): boolean {
    const { authentication } = this.#behaviour;
    if (authentication.kind !== 'basic') return this.#accepted.has(header);
    return !this.#revoked.has(header) && header === basic(authentication.username, authentication.password);
  }

  #challenge(request: IncomingMessage, scope: string): string {
    const { authentication } = this.#behaviour;
    const host = request.headers.host ?? '';
    if (authentication.kind !== 'bearer') return `Basic realm="https://${host}/",service="ecr.amazonaws.com"`;
    return `Bearer realm="${authentication.realm ?? `http://${host}/token`}",service="${host}",scope="${authentication.scope ?? scope}"`;
  }
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
