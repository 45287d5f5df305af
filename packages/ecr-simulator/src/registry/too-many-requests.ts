import type { OutgoingAnswer } from '../http/exchange.js';
import { RegistryError } from './registry-error.js';

/** 429 of the registries, with `Retry-After` in seconds when given. */
export function answerTooManyRequests(retryAfterSeconds: number | undefined): OutgoingAnswer {
  const headers = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  return new RegistryError(429, 'TOOMANYREQUESTS', 'Rate exceeded', headers).toAnswer();
}
