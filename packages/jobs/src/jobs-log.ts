/** The part of a structured logger (pino's shape) that jobs need. */
export interface JobsLog {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** Discards everything; the default where no logger is handed in. */
export const silentLog: JobsLog = { info: () => {}, warn: () => {}, error: () => {} };
