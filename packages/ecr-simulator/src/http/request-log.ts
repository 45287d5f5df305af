/** Which personality of the simulator was asked. */
export type SimulatorPlane = 'ecr' | 'ecr-public' | 'sts' | 'registry' | 'public' | 'blobs' | 'unknown';

/** One request as it was answered. Holds no credential: neither headers, nor queries, nor bodies. */
export interface RecordedRequest {
  readonly plane: SimulatorPlane;
  /** `ecr:ListImages`, `sts:GetCallerIdentity`, `registry:manifest`, `public:token`, `blobs:get`, … */
  readonly operation: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly host: string;
  readonly status: number;
  /** The scheme of the Authorization header, undefined when there was none. */
  readonly authorizationScheme: 'AWS4-HMAC-SHA256' | 'Basic' | 'Bearer' | 'other' | undefined;
  /** ARN, once the request was authenticated. */
  readonly principal: string | undefined;
  readonly repository: string | undefined;
  readonly range: string | undefined;
  /** By the simulator's clock. */
  readonly at: Date;
  readonly requestId: string;
}

/** Keeps the newest requests, at most `limit` of them, oldest first. */
export class RequestLog {
  readonly #entries: RecordedRequest[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get entries(): readonly RecordedRequest[] {
    return this.#entries;
  }

  add(entry: RecordedRequest): void {
    this.#entries.push(entry);
    if (this.#entries.length > this.#limit) this.#entries.shift();
  }
}
