import { justificationWords } from './triage-words.js';

/** A justification of a VEX document in plain words, or as the format has it. */
export function justificationText(justification: string): string {
  const known = Object.entries(justificationWords).find(([name]) => name.toLowerCase() === justification);
  return known?.[1] ?? justification.replaceAll('_', ' ');
}
