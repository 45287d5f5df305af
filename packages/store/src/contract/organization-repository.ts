export interface OrganizationRepository {
  /** The one organisation of this installation, made on first use. */
  ensureDefault(): Promise<{ readonly id: string; readonly name: string }>;
  find(id: string): Promise<{ readonly id: string; readonly name: string } | undefined>;
}
