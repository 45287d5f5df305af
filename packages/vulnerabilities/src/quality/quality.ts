export { askGoldenProbes, recordsOfBundle } from './golden-matches.js';
export type { GoldenOutcome, GoldenProbe } from './golden-matches.js';
export { listAgreement } from './agreement.js';
export type { ListAgreement } from './agreement.js';
export { replayLabels } from './replay-labels.js';
export type { MatchLabel, ReplayedLabel } from './replay-labels.js';
export type { OsvRecord } from '../advisories/osv/schema.js';
