import { parseCatalogue, SbomError, type Catalogue } from '@esscm/sbom';
import { judgeImage } from '@esscm/scan-engine/vex';
import { StoreError, type Store, type VexAppliedTo, type VexCandidate, type VexStatementsRecord, type VexTarget, type VexVerdictInput } from '@esscm/store';
import type { VexDocument, VexStatement } from '@esscm/vulnerabilities';
import type { Logger } from 'pino';

export interface ApplyDocumentsDependencies {
  readonly store: Pick<Store, 'contents' | 'vex'>;
  readonly log: Logger;
}

const imagesPerBatch = 100;
/** So many at most wait for one another, so that memory and transactions stay small; one image's stay together. */
const verdictsPerTransaction = 2000;
/** Statements that apply to one finding and are kept. */
const maximumRank = 10;

/**
 * Brings verdicts of images up to the documents there are, from what is stored: nothing is pulled. What is left to do is told by
 * the rows, so that a pass that was killed goes on with the next. Gives how many images were looked at.
 */
export async function applyDocuments({ store, log }: ApplyDocumentsDependencies, { goOn, of }: { readonly goOn: () => Promise<void>; readonly of?: { readonly imageId: string } }): Promise<number> {
  for (let count = 0; ; ) {
    await goOn();
    const targets = await store.vex.behind(imagesPerBatch, of);
    if (targets.length === 0) return count;
    const candidates = Map.groupBy(await store.vex.candidates(targets), ({ imageId }) => imageId);
    const documents = new Documents(await store.vex.readStatements(distinctStatements([...candidates.values()].flat())));
    // One catalogue at a time: they are large, and images of the same content come one after the other.
    let catalogue: Catalogue | undefined;
    let catalogueOf: string | undefined;
    let applied: VexAppliedTo[] = [];
    let verdictCount = 0;
    for (const target of targets.toSorted((one, other) => (one.contentId < other.contentId ? -1 : 1))) {
      await goOn();
      const own = candidates.get(target.imageId) ?? [];
      if (own.length > 0 && catalogueOf !== target.contentId) [catalogue, catalogueOf] = [await readCatalogue({ store, log }, target), target.contentId];
      const verdicts = own.length === 0 || catalogue === undefined ? [] : judge(target, catalogue, own, documents);
      applied.push({ target, verdicts });
      verdictCount += verdicts.length;
      if (verdictCount < verdictsPerTransaction) continue;
      await store.vex.apply(applied);
      [applied, verdictCount] = [[], 0];
    }
    if (applied.length > 0) await store.vex.apply(applied);
    count += targets.length;
  }
}

function distinctStatements(candidates: readonly VexCandidate[]): readonly VexCandidate[] {
  return [...new Map(candidates.map((candidate) => [`${candidate.documentId} ${candidate.statement}`, candidate])).values()];
}

/** What is read of documents, as the judge takes it, and the way back to their rows. */
class Documents {
  readonly #records: ReadonlyMap<string, VexStatementsRecord>;
  readonly #places = new Map<VexStatement, { readonly documentId: string; readonly statement: number }>();
  readonly #statements = new Map<string, VexStatement>();

  constructor(records: readonly VexStatementsRecord[]) {
    this.#records = new Map(records.map((record) => [record.document.id, record]));
    for (const { document, statements } of records) {
      for (const [position, said] of statements) {
        // As it was given to the store.
        const statement = said as VexStatement;
        this.#statements.set(`${document.id} ${position}`, statement);
        this.#places.set(statement, { documentId: document.id, statement: position });
      }
    }
  }

  /** Those that candidates name, each with the statements named, and the digests an attached one was found at. */
  of(candidates: readonly VexCandidate[], { digests, imageId }: VexTarget): { readonly documents: readonly VexDocument[]; readonly digests: readonly string[] } {
    const known = new Set(digests);
    const documents = [...Map.groupBy(distinctStatements(candidates), ({ documentId }) => documentId)].flatMap(([id, named]): VexDocument[] => {
      const record = this.#records.get(id)?.document;
      if (record === undefined) return [];
      // Where it is attached its registry said, not its author.
      if (record.imageId === imageId) for (const digest of record.attachedTo) known.add(digest);
      const statements = named.flatMap(({ statement }) => this.#statements.get(`${id} ${statement}`) ?? []);
      return [{ format: record.format, id: record.documentId, author: record.author, version: record.version, timestamp: record.issued, location: record.location, attachedTo: record.attachedTo, statements, problems: [] }];
    });
    return { documents, digests: [...known] };
  }

  placeOf(statement: VexStatement): { readonly documentId: string; readonly statement: number } | undefined {
    return this.#places.get(statement);
  }
}

function judge(target: VexTarget, catalogue: Catalogue, candidates: readonly VexCandidate[], all: Documents): VexVerdictInput[] {
  const { documents, digests } = all.of(candidates, target);
  const applied = judgeImage({ name: target.name, ...(target.tag !== undefined && { tag: target.tag }), digests }, catalogue, documents);
  const findings = [...new Map(candidates.map((candidate) => [`${candidate.position} ${candidate.vulnerability}`, candidate])).values()];
  return findings.flatMap((finding) =>
    applied(finding)
      .slice(0, maximumRank)
      .flatMap(({ statement, reason, overruled }, rank): VexVerdictInput[] => {
        const place = all.placeOf(statement);
        if (place === undefined) return [];
        const { status, justification, impact, action, notes, timestamp } = statement;
        return [
          {
            position: finding.position,
            vulnerability: finding.vulnerability,
            packageKey: finding.packageKey,
            rank,
            ...place,
            status,
            ...(justification !== undefined && { justification }),
            detail: { ...(impact !== undefined && { impact }), ...(action !== undefined && { action }), ...(notes !== undefined && { notes }), statedAt: timestamp, reason, overruled },
          },
        ];
      }),
  );
}

/** One catalogue that cannot be read keeps no other image from being looked at; its findings stay open. */
async function readCatalogue({ store, log }: ApplyDocumentsDependencies, { organizationId, contentId }: VexTarget): Promise<Catalogue | undefined> {
  try {
    const serialised = await store.contents.readCatalogue(organizationId, contentId);
    return serialised === undefined ? undefined : parseCatalogue(serialised);
  } catch (error) {
    if (!(error instanceof StoreError) && !(error instanceof SbomError)) throw error;
    log.warn({ contentId, err: error }, 'VEX documents could not be applied to a stored catalogue; scan its image again');
    return undefined;
  }
}
