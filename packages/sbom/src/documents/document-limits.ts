const mebibyte = 1024 * 1024;

/** Bounds on a document from outside; beyond one of them it is refused before anything is made of it. */
export interface DocumentLimits {
  readonly maximumBytes: number;
  /** Of the XML form, whose tree takes several times its size in memory. */
  readonly maximumXmlBytes: number;
  /** Arrays, objects and elements inside each other. */
  readonly maximumDepth: number;
}

/** The largest documents seen have about 60 MiB and nest eight deep. */
export const defaultDocumentLimits: DocumentLimits = { maximumBytes: 256 * mebibyte, maximumXmlBytes: 128 * mebibyte, maximumDepth: 100 };
