/** Seals nothing worth keeping. */
export const benchKey = '0'.repeat(64);
