export { scanChangeTopic, startScanner, type RunningScanner, type ScannerOptions } from './scanner.js';
export { startAdvisoryUpdates, type AdvisoryUpdatesOptions, type RunningAdvisoryUpdates } from './advisories/advisory-updates.js';
export { updateOnThread } from './advisories/update-thread.js';
