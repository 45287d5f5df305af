import { createHash } from 'node:crypto';
import type { Licence } from '../../catalogue.js';
import { freeText, oneLine } from './spdx2-text.js';
import type { Spdx2ExtractedLicence } from './spdx2-model.js';

/** Collects what is declared and not on the SPDX list, under an id made from its text. */
export class SpdxLicences {
  readonly #texts = new Map<string, string>();

  /**
   * One expression for all licences of a package. Several are joined with AND: which of them applies to which file, or
   * whether one may be chosen, is not told by the package, and AND promises a reader no freedom that may not be there.
   */
  expression(licences: readonly Licence[]): string {
    const expressions = new Set(licences.map((licence) => licence.spdxExpression ?? this.#reference(licence.declared)));
    if (expressions.size === 0) return 'NOASSERTION';
    const parts = [...expressions];
    return parts.length === 1 ? (parts[0] ?? '') : parts.map((part) => (/ OR /.test(part) ? `(${part})` : part)).join(' AND ');
  }

  /** What a `LicenseRef-` made here stands for. */
  textOf(reference: string): string | undefined {
    const text = this.#texts.get(reference);
    return text === undefined ? undefined : freeText(text);
  }

  /** In the order of their ids. */
  extracted(): readonly Spdx2ExtractedLicence[] {
    return [...this.#texts].map(([licenseId, text]) => ({ licenseId, name: oneLine(text), extractedText: freeText(text) })).sort((left, right) => (left.licenseId < right.licenseId ? -1 : 1));
  }

  #reference(declared: string): string {
    const licenseId = `LicenseRef-esscm-${createHash('sha256').update(declared).digest('hex').slice(0, 16)}`;
    this.#texts.set(licenseId, declared);
    return licenseId;
  }
}
