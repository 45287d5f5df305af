export { ecrPlugin } from './ecr-plugin.js';
export { translateOciError } from './errors/translate-oci-error.js';
export type { OciErrorContext } from './errors/translate-oci-error.js';
