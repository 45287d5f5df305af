import assert from 'node:assert/strict';
import type { VariantDescription } from '../plugin-description.js';
import type { PullAccessOptions, RegistryConnection } from '../plugin.js';
import type { ContractSubject } from './contract-subject.js';

/** One rule and how it is tried. */
export interface ContractCheck {
  readonly name: string;
  /** How many repositories the check needs; 7 unless told. */
  readonly repositories?: number;
  readonly run: (subject: ContractSubject) => Promise<void>;
}

/** What the plugin says of the subject's variant. */
export function variantOf(subject: ContractSubject): VariantDescription {
  const variant = subject.plugin.description.variants.find(({ id }) => id === subject.variantId);
  assert.ok(variant, `the description has a variant '${subject.variantId}'`);
  return variant;
}

/** A connection with the subject's own configuration; the check disposes it. */
export function connect(subject: ContractSubject): RegistryConnection {
  return subject.plugin.connect(subject.plugin.configure(subject.input), subject.host);
}

/** Whether the subject's credential kind has a secret to pull with; without one its pulls are anonymous. */
export function needsSecret(subject: ContractSubject): boolean {
  const kind = variantOf(subject).credentialKinds.find(({ id }) => id === subject.input.credentialKindId);
  return kind?.fields.some(({ type }) => type === 'secret') ?? false;
}

/** To pull the subject's image, by a reader who waits. */
export function pullOptions({ pullable }: ContractSubject): PullAccessOptions {
  return { ...patiently(), ...(pullable.registryHost === undefined ? {} : { registryHost: pullable.registryHost }) };
}

/** All elements of all pages. */
export async function readAll<Element>(pages: AsyncIterable<readonly Element[]>): Promise<Element[]> {
  const elements: Element[] = [];
  for await (const page of pages) elements.push(...page);
  return elements;
}

/** A signal that is never aborted. */
export function patiently(): { readonly signal: AbortSignal } {
  return { signal: new AbortController().signal };
}
