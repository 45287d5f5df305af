import type { AccessTokenRepository } from './contract/access-token-repository.js';
import type { AdvisorySourceRepository } from './contract/advisory-source-repository.js';
import type { ConnectionRepository } from './contract/connection-repository.js';
import type { ContentRepository } from './contract/content-repository.js';
import type { DraftRepository } from './contract/draft-repository.js';
import type { FindingDayRepository } from './contract/finding-day-repository.js';
import type { FindingRepository } from './contract/finding-repository.js';
import type { FixRepository } from './contract/fix-repository.js';
import type { LayerFactRepository } from './contract/layer-fact-repository.js';
import type { LeaseRepository } from './contract/lease-repository.js';
import type { OrganizationRepository } from './contract/organization-repository.js';
import type { PackageRepository } from './contract/package-repository.js';
import type { ProjectRepository } from './contract/project-repository.js';
import type { RematchRepository } from './contract/rematch-repository.js';
import type { SavedViewRepository } from './contract/saved-view-repository.js';
import type { ScanLogRepository } from './contract/scan-log-repository.js';
import type { ScanRepository } from './contract/scan-repository.js';
import type { SelectionRepository } from './contract/selection-repository.js';
import type { TrackedImageRepository } from './contract/tracked-image-repository.js';
import type { TriageRepository } from './contract/triage-repository.js';
import type { WatchRepository } from './contract/watch-repository.js';

/** Everything that is kept. Every call names its organisation; a row of another organisation is as if it were not there. */
export interface Store {
  readonly organizations: OrganizationRepository;
  readonly accessTokens: AccessTokenRepository;
  readonly drafts: DraftRepository;
  readonly connections: ConnectionRepository;
  readonly projects: ProjectRepository;
  readonly images: TrackedImageRepository;
  readonly scans: ScanRepository;
  readonly contents: ContentRepository;
  readonly packages: PackageRepository;
  readonly savedViews: SavedViewRepository;
  readonly fixes: FixRepository;
  readonly findingDays: FindingDayRepository;
  readonly findings: FindingRepository;
  readonly triage: TriageRepository;
  readonly scanLogs: ScanLogRepository;
  readonly rematches: RematchRepository;
  readonly advisorySources: AdvisorySourceRepository;
  readonly leases: LeaseRepository;
  readonly facts: LayerFactRepository;
  readonly selections: SelectionRepository;
  readonly watches: WatchRepository;
}
