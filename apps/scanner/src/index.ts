export { scanChangeTopic } from './announcer.js';
export { startChecks, type ChecksOptions, type RunningChecks } from './checks/start-checks.js';
export { startScanner, type RunningScanner, type ScannerOptions } from './scanner.js';
