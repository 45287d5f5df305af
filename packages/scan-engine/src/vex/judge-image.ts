import type { Catalogue } from '@esscm/sbom';
import { VexJudge, type VexDocument, type VexStatement, type VexVerdict } from '@esscm/vulnerabilities';

/** A finding of an image that some statement names the vulnerability of. */
export interface FindingToJudge {
  readonly componentId: string;
  readonly identifiers: readonly string[];
}

/** A statement that applies to a finding; the first decides. */
export interface AppliedStatement extends Pick<VexVerdict, 'reason' | 'overruled'> {
  readonly document: VexDocument;
  readonly statement: VexStatement;
}

/** Which statements apply to findings of an image, for each finding in the order of preference of `applyVex`. */
export function judgeImage(
  image: { readonly name: string; readonly tag?: string; readonly digests: readonly string[] },
  catalogue: Pick<Catalogue, 'components' | 'relationships' | 'distribution'>,
  documents: readonly VexDocument[],
): (finding: FindingToJudge) => readonly AppliedStatement[] {
  const { components, relationships, distribution } = catalogue;
  const judge = new VexJudge(documents, { image, components, relationships, ...(distribution === undefined ? {} : { distribution }) });
  return (finding) => {
    const decision = judge.decide(finding);
    if (decision === undefined) return [];
    const { document, statement, verdict } = decision;
    return [
      { document, statement, reason: verdict.reason, overruled: verdict.overruled },
      ...judge.overruled(finding).map((other) => ({ document: other.document, statement: other.statement, reason: `It speaks of ${other.words}.`, overruled: [] })),
    ];
  };
}
