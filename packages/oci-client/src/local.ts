export { createDockerArchiveImageSource } from './docker-archive-image-source.js';
export { isDigest } from './digest.js';
export { OciError } from './errors.js';
export { createOciLayoutImageSource } from './oci-layout-image-source.js';
export { parsePlatform } from './platform.js';
