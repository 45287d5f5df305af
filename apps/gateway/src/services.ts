import { dialPolicyFor } from '@esscm/registry-core';
import type { Logger } from 'pino';
import { Accounts } from './authentication/accounts.js';
import { AttemptLimiter } from './authentication/attempt-limiter.js';
import type { AuthenticationDatabase } from './authentication/authentication-database.js';
import { Authenticator } from './authentication/authenticator.js';
import type { ServedDependencies } from './dependencies.js';
import { buildGatewaySchema } from './graphql/build-gateway-schema.js';
import { AccessTokenResolver } from './modules/access-tokens/access-token.resolver.js';
import { AccessTokenService } from './modules/access-tokens/access-token.service.js';
import { HiddenComponents } from './hidden-components/hidden-components.js';
import { createRegistryEventsHandler } from './http/registry-events.js';
import { AttachmentReader } from './modules/attachments/attachment-reader.js';
import { AttachmentResolver } from './modules/attachments/attachment.resolver.js';
import { AdvisorySourceResolver } from './modules/advisories/advisory-source.resolver.js';
import { ImageCoverageResolver } from './modules/coverage/image-coverage.resolver.js';
import { FindingAgeResolver } from './modules/findings/finding-age.resolver.js';
import { FindingComparisonResolver } from './modules/compare/finding-comparison.resolver.js';
import { ImageComparisonResolver } from './modules/compare/image-comparison.resolver.js';
import { ComponentSearchResolver } from './modules/components/component-search.resolver.js';
import { ComponentSearchService } from './modules/components/component-search.service.js';
import { ConnectService } from './modules/connections/connect.service.js';
import { ConnectionResolver } from './modules/connections/connection.resolver.js';
import { FindingConnectionResolver } from './modules/findings/finding-connection.resolver.js';
import { FindingEventResolver } from './modules/findings/finding-event.resolver.js';
import { FindingGroupResolver } from './modules/findings/finding-group.resolver.js';
import { FindingResolver } from './modules/findings/finding.resolver.js';
import { MatchingResolver } from './modules/findings/matching.resolver.js';
import { VulnerabilityResolver } from './modules/findings/vulnerability.resolver.js';
import { ComponentEdgeResolver } from './modules/images/component-edge.resolver.js';
import { ComponentForests } from './modules/images/component-forests.js';
import { ComponentTreeResolver } from './modules/images/component-tree.resolver.js';
import { ComponentDependenciesResolver } from './modules/images/dependencies.resolver.js';
import { HiddenComponentResolver } from './modules/images/hidden-component.resolver.js';
import { ImageContentResolver } from './modules/images/image-content.resolver.js';
import { ImageResolver } from './modules/images/image.resolver.js';
import { InstallationResolver } from './modules/installation/installation.resolver.js';
import { SignInResolver } from './modules/installation/sign-in.resolver.js';
import { SignInService } from './modules/installation/sign-in.service.js';
import { PluginResolver } from './modules/plugins/plugin.resolver.js';
import { ProjectVersionResolver } from './modules/projects/project-version.resolver.js';
import { ProjectResolver } from './modules/projects/project.resolver.js';
import { ReferenceService } from './modules/registry/reference.service.js';
import { RegistryAccess } from './modules/registry/registry-access.js';
import { CallPaces } from './modules/registry/call-paces.js';
import { RegistryLists } from './modules/registry/registry-lists.js';
import { RegistryManifests } from './modules/registry/registry-manifests.js';
import { RegistryListings } from './modules/registry/registry-listings.js';
import { RegistryImageResolver } from './modules/registry/registry-image.resolver.js';
import { RegistryResolver } from './modules/registry/registry.resolver.js';
import { RegistryService } from './modules/registry/registry.service.js';
import { SavedViewResolver } from './modules/saved-views/saved-view.resolver.js';
import { ScanQueueResolver } from './modules/scans/scan-queue.resolver.js';
import { ScanQueueService } from './modules/scans/scan-queue.service.js';
import { ScanResolver } from './modules/scans/scan.resolver.js';
import { ScanService } from './modules/scans/scan.service.js';
import { SelectionResolver } from './modules/selections/selection.resolver.js';
import { SelectionService } from './modules/selections/selection.service.js';
import { CredentialsResolver } from './modules/verification/credentials.resolver.js';
import { RotationService } from './modules/verification/rotation.service.js';
import { VerificationProgressResolver } from './modules/verification/verification-progress.resolver.js';
import { VerificationRuns } from './modules/verification/verification-runs.js';
import { TopFixResolver } from './modules/fixes/top-fix.resolver.js';
import { FindingTrendResolver } from './modules/trend/finding-trend.resolver.js';
import { FindingTrendService } from './modules/trend/finding-trend.service.js';
import { TriageResolver } from './modules/triage/triage.resolver.js';
import { TriageService } from './modules/triage/triage.service.js';
import { VerificationResolver } from './modules/verification/verification.resolver.js';
import { VerificationService } from './modules/verification/verification.service.js';
import { VexContentResolver } from './modules/vex/vex-content.resolver.js';
import { VexDocumentResolver } from './modules/vex/vex-document.resolver.js';
import { VexImageResolver } from './modules/vex/vex-image.resolver.js';
import { VexVersionResolver } from './modules/vex/vex-version.resolver.js';
import { VexVerdictResolver } from './modules/vex/vex-verdict.resolver.js';
import { VexService } from './modules/vex/vex.service.js';
import { CheckBell } from './modules/watches/check-bell.js';
import { WatchResolver } from './modules/watches/watch.resolver.js';
import { WatchService } from './modules/watches/watch.service.js';

interface ServicesOptions {
  readonly dependencies: ServedDependencies;
  readonly authenticationDatabase: AuthenticationDatabase;
  /** As browsers reach the server. */
  readonly origin: string;
  /** Set when creating the first account needs it. */
  readonly setupCode: string | undefined;
  readonly log: Logger;
}

/** Makes every service and resolver, and the schema over them. Nothing else in the gateway calls their constructors. */
export function createServices({ dependencies, authenticationDatabase, origin, setupCode, log }: ServicesOptions) {
  const { store, jobs, plugins, hostFor, sample, clock } = dependencies;
  const now = () => clock?.now() ?? new Date();

  const accounts = new Accounts({ database: authenticationDatabase, secret: dependencies.authenticationSecret, origin });
  const authenticator = new Authenticator({ accounts, store, now });
  const signIn = new SignInService({
    accounts,
    attempts: new AttemptLimiter({ limit: 5, windowMs: 5 * 60_000, now }),
    ...(setupCode !== undefined && { setupCode }),
  });
  const access = new RegistryAccess({ store, plugins, hostFor });
  const listings = new RegistryListings({ now });
  const scans = new ScanService({ store, jobs, log });
  const runs = new VerificationRuns({ store, access, events: jobs.events, now, log, onWorking: (connection) => scans.resume(connection) });
  const attempts = new AttemptLimiter({ limit: 10, windowMs: 60_000, now });
  const verification = new VerificationService({
    store,
    plugins,
    hostFor,
    runs,
    now,
    attempts,
    guides: new AttemptLimiter({ limit: 30, windowMs: 60_000, now }),
  });
  const paces = new CallPaces();
  const lists = new RegistryLists({ access, listings, paces });
  const bell = new CheckBell(jobs.events, log);
  const registry = new RegistryService({ store, drafts: verification, lists, manifests: new RegistryManifests({ access, paces, hostFor }) });
  const attachments = new AttachmentReader({ store, plugins, access, paces, hostFor });
  const selections = new SelectionService({ store, registry, lists, bell, now });
  const rotation = new RotationService({ store, plugins, hostFor, runs, listings, scans, attempts });
  const vex = new VexService({
    store,
    events: jobs.events,
    dialer: dialPolicyFor(hostFor({ sample: false }), undefined),
    fetches: new AttemptLimiter({ limit: 20, windowMs: 60_000, now }),
    now,
    log,
  });
  const connect = new ConnectService({ store, plugins, drafts: verification, scans, listings, bell, sample });

  const forests = new ComponentForests(store.contents);
  const schema = buildGatewaySchema([
    new AccessTokenResolver(new AccessTokenService({ store, now })),
    new AdvisorySourceResolver(store, jobs),
    new AttachmentResolver(attachments),
    new ComponentSearchResolver(store, plugins, new ComponentSearchService(store)),
    new ConnectionResolver(store, plugins, connect),
    new ImageComparisonResolver(store),
    new FindingComparisonResolver(store),
    new FindingConnectionResolver(store),
    new FindingEventResolver(store),
    new FindingGroupResolver(),
    new FindingResolver(store, now),
    new CredentialsResolver(verification, rotation, plugins),
    new FindingTrendResolver(new FindingTrendService(store, now)),
    new ImageContentResolver(store),
    new HiddenComponentResolver(new HiddenComponents(store, log)),
    new ComponentTreeResolver(store, forests),
    new ComponentDependenciesResolver(store),
    new ComponentEdgeResolver(forests),
    new MatchingResolver(),
    new ImageResolver(store, plugins, now),
    new InstallationResolver(dependencies.installation, signIn, store),
    new PluginResolver(plugins, hostFor({ sample: false })),
    new ProjectResolver(store),
    new ProjectVersionResolver(store),
    new RegistryImageResolver(),
    new RegistryResolver(registry, new ReferenceService({ plugins, hostFor, listings, paces })),
    new SavedViewResolver(store),
    new ScanResolver(store, scans),
    new ScanQueueResolver(store, new ScanQueueService({ store, jobs, log }), scans),
    new SelectionResolver(store, selections),
    new SignInResolver(signIn, authenticator),
    new VerificationProgressResolver(verification, plugins, now),
    new TopFixResolver(store),
    new ImageCoverageResolver(store, now),
    new FindingAgeResolver(store, now),
    new TriageResolver(store, new TriageService({ store, now })),
    new VerificationResolver(verification, plugins),
    new VexContentResolver(),
    new VexDocumentResolver(store, vex),
    new VexImageResolver(),
    new VexVersionResolver(),
    new VexVerdictResolver(),
    new WatchResolver(store, new WatchService({ store, plugins, bell, origin, now })),
    new VulnerabilityResolver(store),
  ]);
  const registryEvents = createRegistryEventsHandler({
    store,
    plugins,
    bell,
    refusals: new AttemptLimiter({ limit: 30, windowMs: 60_000, now }),
  });
  const close = () => {
    selections.close();
    listings.close();
    runs.close();
  };
  return { schema, authenticator, attachments, registryEvents, vex, close };
}
