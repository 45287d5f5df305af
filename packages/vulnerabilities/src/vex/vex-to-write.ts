import { createHash } from 'node:crypto';
import type { VexIdentity, VexJustification, VexStatement } from './vex-document.js';

/** A document to write. */
export interface VexToWrite {
  readonly author: {
    readonly name: string;
    /** An address under the author's control; CSAF names publishers by it. */
    readonly namespace: string;
  };
  /** RFC 3339. */
  readonly timestamp: string;
  readonly tool: { readonly name: string; readonly version: string };
  /** What it is about, for people. */
  readonly title: string;
  readonly statements: readonly VexStatement[];
}

/** The nearest of the reasons OpenVEX and CSAF know for each of CycloneDX's. */
const nearest: Readonly<Partial<Record<VexJustification, VexJustification>>> = {
  code_not_present: 'vulnerable_code_not_present',
  code_not_reachable: 'vulnerable_code_not_in_execute_path',
  requires_configuration: 'vulnerable_code_not_in_execute_path',
  requires_dependency: 'component_not_present',
  requires_environment: 'vulnerable_code_cannot_be_controlled_by_adversary',
  protected_by_compiler: 'inline_mitigations_already_exist',
  protected_at_runtime: 'inline_mitigations_already_exist',
  protected_at_perimeter: 'inline_mitigations_already_exist',
  protected_by_mitigating_control: 'inline_mitigations_already_exist',
};

/** A justification in the words OpenVEX and CSAF share. */
export function commonJustification(justification: VexJustification): VexJustification {
  return nearest[justification] ?? justification;
}

/** What OpenVEX and CSAF call a thing by. */
export function identifierOf(identity: VexIdentity): string {
  return identity.packageUrls[0] ?? identity.name ?? identity.digests[0] ?? identity.cpes[0] ?? '';
}

/** Names a document by its content, in hexadecimal: the same content, the same name. */
export function contentName(document: VexToWrite): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('hex');
}
