/** Work that one process at a time does. */
export interface LeaseRepository {
  /** True when `holder` has it now, for so long, anew or still. Take it again before it runs out. */
  take(name: string, holder: string, durationMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}
