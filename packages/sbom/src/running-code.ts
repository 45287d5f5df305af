/** Put here by the build: a digest of this package's code and of its dependencies' versions. Not there when run from source. */
declare const codeDigest: string | undefined;

/** Names the code that runs, for what is kept of its work and must not outlive it. */
export const runningCode: string = typeof codeDigest === 'undefined' ? 'source' : codeDigest;
