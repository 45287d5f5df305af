export { ecrPlugin } from './ecr-plugin.js';
