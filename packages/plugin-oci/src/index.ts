export { ociPlugin } from './oci-plugin.js';
