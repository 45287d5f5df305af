export { startAdvisoryUpdates, type AdvisoryUpdatesOptions, type RunningAdvisoryUpdates } from './advisories/advisory-updates.js';
export { updateOnThread } from './advisories/update-thread.js';
export { createSupportRefresh, type RefreshSupportDependencies } from './advisories/refresh-support.js';
export { rematch, type RematchDependencies, type RematchReport } from './advisories/rematch.js';
export { beginWords, catalogueWords, failureWords, matchWords, type LogWords } from './log/scan-log-words.js';
export { scanResult } from './results/scan-result.js';
export { startChecks, type ChecksOptions, type RunningChecks } from './checks/start-checks.js';
export { startScanner, type RunningScanner, type ScannerOptions } from './scanner.js';
export { startVex, type RunningVex, type VexOptions } from './vex/start-vex.js';
