// What processes tell one another over the event bus, named once for those who publish and those who listen.

/** Every change of every scan. The payload `{ scanId, sequence }` is a hint: readers load the row by its id. */
export const scanChangeTopic = 'scan';

/** The queue of scans was paused or resumed. The payload says nothing: readers load the row. */
export const scanQueueTopic = 'scan-queue';

/** Every change of an advisory source. The payload `{ source }` is a hint: readers load the rows. */
export const advisoryChangeTopic = 'advisories';

/** Wakes whoever waits for a check of a connection to be due. The database says which; the payload says nothing. */
export const checkDueTopic = 'check-due';

/** Wakes whoever applies VEX documents to findings. The database says what is to be done; the payload says nothing. */
export const vexChangeTopic = 'vex';
