export { scanChangeTopic, startScanner, type RunningScanner, type ScannerOptions } from './scanner.js';
