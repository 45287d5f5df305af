export interface TestCredential {
  readonly username: string;
  readonly password: string;
}

export type TestAuthentication =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'basic' } & TestCredential)
  | {
      readonly kind: 'bearer';
      /** Needed at the token service; without it anybody gets a token. */
      readonly credential?: TestCredential;
      /** A constant scope in the challenge, as `aws` of ECR Public, in place of the repository's. */
      readonly scope?: string;
      /** `expires_in` of the answer; left out when undefined. */
      readonly tokenLifeSeconds?: number;
      /** Address of the token service in the challenge, in place of the registry's own `/token`. */
      readonly realm?: string;
    };

/** How the registry misbehaves. Counters count down to zero; change any field at any time. */
export interface RegistryBehaviour {
  authentication: TestAuthentication;
  /**
   * What a revoked or unknown credential is answered with: a new challenge (401), or as Amazon ECR does, 403 `DENIED` "has
   * expired" or 400 `DENIED` "is invalid", without one.
   */
  refusal: 'challenge' | 'expired-403' | 'invalid-400';
  /** Blobs are answered with 307 to the storage origin, which refuses any `Authorization` with 400. */
  redirectBlobs: boolean;
  /** In place of the storage origin's address. */
  redirectTo: string | undefined;
  /** Ends the connection after this many bytes of each blob answer, while `cuts` is above zero. */
  cutBlobAfterBytes: number;
  cuts: number;
  /** `Range` is answered with 200 and everything. */
  ignoreRange: boolean;
  /** `Range` is answered with 416. */
  refuseRange: boolean;
  /** Blobs with one bit wrong. */
  corruptBlobs: boolean;
  /** Manifests with a blank added. */
  corruptManifests: boolean;
  /** Blobs are this much longer (zeros appended) or shorter; the `Content-Length` says so. */
  blobLengthDelta: number;
  /** Leaves out `Content-Length` of blobs, so that a wrong length shows only at the end. */
  chunkedBlobs: boolean;
  /** Every request for a repository is answered with 403. */
  denies: boolean;
  /** The list of repositories; without it 401, as Docker Hub answers. */
  catalog: boolean;
  /** Requests answered with 429. */
  throttles: number;
  retryAfter: string | undefined;
  /** Requests answered with 503. */
  failures: number;
  /** Requests whose connection is closed without an answer. */
  resets: number;
  /** Requests that are never answered. */
  hangs: number;
  /** A cut blob answer is left open instead: the rest never comes. */
  stallInsteadOfCut: boolean;
  /** Most entries of a list page. */
  pageSize: number;
  /** The referrers API; the tag of the fallback schema is served in any case when it was added. */
  referrers: boolean;
  /** `Docker-Content-Digest` of manifests; Amazon ECR leaves it out. */
  contentDigest: 'right' | 'wrong' | 'absent';
  /** In place of the `Link` header's own address. */
  nextPageOrigin: string | undefined;
}

/** An open, well-behaved registry. */
export function wellBehaved(): RegistryBehaviour {
  return {
    authentication: { kind: 'none' },
    refusal: 'challenge',
    redirectBlobs: false,
    redirectTo: undefined,
    cutBlobAfterBytes: 0,
    cuts: 0,
    ignoreRange: false,
    refuseRange: false,
    corruptBlobs: false,
    corruptManifests: false,
    blobLengthDelta: 0,
    chunkedBlobs: false,
    denies: false,
    catalog: true,
    throttles: 0,
    retryAfter: undefined,
    failures: 0,
    resets: 0,
    hangs: 0,
    stallInsteadOfCut: false,
    pageSize: 1000,
    referrers: true,
    contentDigest: 'right',
    nextPageOrigin: undefined,
  };
}
