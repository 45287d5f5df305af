import { readCsafVex } from './csaf/read-csaf-vex.js';
import { readCycloneDxVex } from './cyclonedx/read-cyclonedx-vex.js';
import { readOpenVex } from './open-vex/read-open-vex.js';
import { unwrapAttestation } from './unwrap-attestation.js';
import type { VexDocument } from './vex-document.js';
import { malformedVex, vexLimits } from './vex-reader.js';
import type { VexOrigin } from './vex-reader.js';
import { VulnerabilitiesError } from '../vulnerabilities-error.js';

/**
 * Reads a VEX document of any of the three formats from its JSON text; the format is told by its content. In-toto
 * statements and DSSE envelopes around it are opened. Statements that cannot be read are named in `problems`.
 * @throws VulnerabilitiesError `vex-malformed`, `vex-too-large`.
 */
export function readVex(text: string, origin: VexOrigin): VexDocument {
  if (text.length > vexLimits.bytes) throw new VulnerabilitiesError('vex-too-large', `${origin.location} has more than ${vexLimits.bytes} bytes.`, 'Split the document.');
  let json: unknown;
  try {
    json = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (error) {
    throw malformedVex(origin, 'it is no JSON', error);
  }
  const { document, subjects } = unwrapAttestation(json, origin);
  const attached = { ...origin, attachedTo: [...new Set([...(origin.attachedTo ?? []), ...subjects])] };
  if (typeof document !== 'object' || document === null) throw malformedVex(origin, 'it is no object');
  if ('bomFormat' in document) return readCycloneDxVex(document, attached);
  if ('document' in document) return readCsafVex(document, attached);
  if ('@context' in document && namesOpenVex(document['@context'])) return readOpenVex(document, attached);
  throw malformedVex(origin, 'it has the marks of none of the three formats');
}

/** A context is an address, or a list of them. */
function namesOpenVex(context: unknown): boolean {
  return [context].flat().some((entry) => typeof entry === 'string' && entry.includes('openvex'));
}
