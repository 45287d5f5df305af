export { fetchVex, vexFailure } from './fetch-vex.js';
export type { VexFailure } from './fetch-vex.js';
export { judgeImage } from './judge-image.js';
export type { AppliedStatement, FindingToJudge } from './judge-image.js';
export { maximumVexBytes, readVexContent } from './vex-content.js';
export type { VexContent } from './vex-content.js';
