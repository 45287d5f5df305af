import type { OutgoingAnswer } from '../http/exchange.js';

/** A failure of a registry in the error form of the OCI distribution specification 1.1. */
export class RegistryError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'RegistryError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  toAnswer(): OutgoingAnswer {
    const body = JSON.stringify({ errors: [{ code: this.code, message: this.message }] });
    return {
      status: this.status,
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'Docker-Distribution-Api-Version': 'registry/2.0', ...this.headers },
      body,
    };
  }
}
