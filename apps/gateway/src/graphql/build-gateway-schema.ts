// Before any decorated class: the decorators write what this reads.
import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AccessTokenResolver } from '../modules/access-tokens/access-token.resolver.js';
import { AdvisorySourceResolver } from '../modules/advisories/advisory-source.resolver.js';
import { AttachmentResolver } from '../modules/attachments/attachment.resolver.js';
import { ImageCoverageResolver } from '../modules/coverage/image-coverage.resolver.js';
import { FindingAgeResolver } from '../modules/findings/finding-age.resolver.js';
import { FindingComparisonResolver } from '../modules/compare/finding-comparison.resolver.js';
import { ImageComparisonResolver } from '../modules/compare/image-comparison.resolver.js';
import { ComponentSearchResolver } from '../modules/components/component-search.resolver.js';
import { ConnectionResolver } from '../modules/connections/connection.resolver.js';
import { FindingConnectionResolver } from '../modules/findings/finding-connection.resolver.js';
import { FindingEventResolver } from '../modules/findings/finding-event.resolver.js';
import { FindingGroupResolver } from '../modules/findings/finding-group.resolver.js';
import { FindingResolver } from '../modules/findings/finding.resolver.js';
import { MatchingResolver } from '../modules/findings/matching.resolver.js';
import { VulnerabilityResolver } from '../modules/findings/vulnerability.resolver.js';
import { ComponentEdgeResolver } from '../modules/images/component-edge.resolver.js';
import { ComponentTreeResolver } from '../modules/images/component-tree.resolver.js';
import { ComponentDependenciesResolver } from '../modules/images/dependencies.resolver.js';
import { HiddenComponentResolver } from '../modules/images/hidden-component.resolver.js';
import { ImageContentResolver } from '../modules/images/image-content.resolver.js';
import { ImageResolver } from '../modules/images/image.resolver.js';
import { InstallationResolver } from '../modules/installation/installation.resolver.js';
import { SignInResolver } from '../modules/installation/sign-in.resolver.js';
import { PluginResolver } from '../modules/plugins/plugin.resolver.js';
import { ProjectVersionResolver } from '../modules/projects/project-version.resolver.js';
import { ProjectResolver } from '../modules/projects/project.resolver.js';
import { RegistryImageResolver } from '../modules/registry/registry-image.resolver.js';
import { RegistryResolver } from '../modules/registry/registry.resolver.js';
import { SavedViewResolver } from '../modules/saved-views/saved-view.resolver.js';
import { ScanQueueResolver } from '../modules/scans/scan-queue.resolver.js';
import { ScanResolver } from '../modules/scans/scan.resolver.js';
import { SelectionResolver } from '../modules/selections/selection.resolver.js';
import { CredentialsResolver } from '../modules/verification/credentials.resolver.js';
import { VerificationProgressResolver } from '../modules/verification/verification-progress.resolver.js';
import { TopFixResolver } from '../modules/fixes/top-fix.resolver.js';
import { FindingTrendResolver } from '../modules/trend/finding-trend.resolver.js';
import { TriageResolver } from '../modules/triage/triage.resolver.js';
import { VerificationResolver } from '../modules/verification/verification.resolver.js';
import { VexContentResolver } from '../modules/vex/vex-content.resolver.js';
import { VexDocumentResolver } from '../modules/vex/vex-document.resolver.js';
import { VexImageResolver } from '../modules/vex/vex-image.resolver.js';
import { VexVersionResolver } from '../modules/vex/vex-version.resolver.js';
import { VexVerdictResolver } from '../modules/vex/vex-verdict.resolver.js';
import { WatchResolver } from '../modules/watches/watch.resolver.js';
import { checkScopes, undecidedFields } from './authorization.js';

const resolvers = [
  AccessTokenResolver,
  AdvisorySourceResolver,
  AttachmentResolver,
  ComponentSearchResolver,
  ConnectionResolver,
  FindingComparisonResolver,
  FindingAgeResolver,
  ImageCoverageResolver,
  ImageComparisonResolver,
  FindingConnectionResolver,
  FindingEventResolver,
  FindingGroupResolver,
  FindingResolver,
  FindingTrendResolver,
  ComponentEdgeResolver,
  ComponentTreeResolver,
  ComponentDependenciesResolver,
  HiddenComponentResolver,
  ImageContentResolver,
  MatchingResolver,
  ImageResolver,
  InstallationResolver,
  PluginResolver,
  ProjectResolver,
  ProjectVersionResolver,
  RegistryImageResolver,
  RegistryResolver,
  SavedViewResolver,
  ScanQueueResolver,
  ScanResolver,
  SelectionResolver,
  SignInResolver,
  CredentialsResolver,
  VerificationProgressResolver,
  TopFixResolver,
  TriageResolver,
  VerificationResolver,
  VexContentResolver,
  VexDocumentResolver,
  VexImageResolver,
  VexVersionResolver,
  VexVerdictResolver,
  WatchResolver,
  VulnerabilityResolver,
] as const;

type ResolverInstance = InstanceType<(typeof resolvers)[number]>;

/**
 * The schema over one set of resolvers; without them it can be printed, not executed.
 * @throws Error when a field has no decision about who may use it
 */
export function buildGatewaySchema(instances: readonly ResolverInstance[] = []): GraphQLSchema {
  const byClass = new Map<unknown, ResolverInstance>(instances.map((resolver) => [resolver.constructor, resolver]));
  const schema = buildSchemaSync({
    resolvers: [...resolvers],
    container: { get: (type) => byClass.get(type) },
    authChecker: checkScopes,
    // Inputs are checked by the services, whose answers are typed problems.
    validate: false,
    pubSub: unusedPubSub,
  });
  // Only now: type-graphql joins decorators when it builds.
  const undecided = undecidedFields();
  if (undecided.length > 0) throw new Error(`Nobody decided who may use: ${undecided.join(', ')}.`);
  describeRoots(schema);
  return schema;
}

function describeRoots(schema: GraphQLSchema): void {
  const descriptions = [
    [schema.getQueryType(), 'Everything that can be read. Lists are connections: page forward with `first` and `after`.'],
    [schema.getMutationType(), 'Everything that can be changed. Foreseeable refusals are problems in the result.'],
    [schema.getSubscriptionType(), 'What is told as it happens, over graphql-ws. The same can be read by queries.'],
  ] as const;
  for (const [root, description] of descriptions) if (root != null) root.description = description;
}

/** type-graphql asks for one; every subscription here brings its own source. */
const unusedPubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('Subscriptions have their own sources.');
  },
};
