export { openJobs, type Jobs, type OpenJobsOptions } from './jobs.js';
export {
  ScanAborted,
  ScanHeldBack,
  scanTopic,
  type JobCounts,
  type JobSettings,
  type RunningWorker,
  type ScanContext,
  type ScanHandler,
  type ScanJobs,
  type WorkOptions,
} from './scan-jobs.js';
export { followPause } from './follow-pause.js';
export { type ScanJob } from './scan-job.js';
export { type EventBus, type EventListener, type JsonValue } from './event-bus.js';
export { JobsError, type JobsErrorCode } from './errors.js';
export { type JobsLog } from './jobs-log.js';
export { advisoryChangeTopic, checkDueTopic, scanChangeTopic, scanQueueTopic, vexChangeTopic } from './topics.js';
