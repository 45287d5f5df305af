import { semanticKey } from './semver.js';
import type { VersionScheme } from './version-scheme.js';

/**
 * Go modules and the Go release: Semantic Versioning with `v` or `go` in front. `go1.22rc1` is `1.22.0-rc.1`; text after
 * a space (`go1.21.5 X:boringcrypto`) names build options. A devel build has no version.
 */
export const go: VersionScheme = {
  name: 'go',
  parse(text) {
    const [plain = ''] = text.trim().split(' ', 1);
    const release = /^go(\d+(?:\.\d+)*)(?:(rc|beta)(\d+))?(.*)$/.exec(plain);
    const version = release === null ? plain : `${release[1]}${release[2] === undefined ? '' : `-${release[2]}.${release[3]}`}${release[4]}`;
    return semanticKey(version, { prereleaseIgnoresCase: false, buildCounts: false });
  },
};
