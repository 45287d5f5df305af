/** Why a text is no document that can be read. */
export type DocumentErrorCode =
  /** No SBOM document of a format and version that is known here. */
  | 'unknown-document'
  /** An SBOM document that breaks the rules of its format, or the limits set for it. */
  | 'invalid-document';

/** A place in a document and what is wrong there. */
export interface DocumentProblem {
  /** A JSON pointer (RFC 6901) such as `/components/3/hashes/0`, `line 12`, or the empty text for the document itself. */
  readonly place: string;
  readonly message: string;
}

/** Failure of reading a document. What is wrong with the document is told; nothing of its content is. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly code: DocumentErrorCode;
  /** What the user can do about it, one sentence. */
  readonly remedy: string;
  /** Worst first, at most {@link maximumProblems}; empty where the document as a whole is meant. */
  readonly problems: readonly DocumentProblem[];

  constructor(code: DocumentErrorCode, message: string, remedy: string, problems: readonly DocumentProblem[] = [], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.remedy = remedy;
    this.problems = problems;
  }
}

/** Problems named of one document; one mistake of a generator is repeated in every component. */
export const maximumProblems = 20;
