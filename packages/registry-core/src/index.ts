export { CallPace, type CallMeter } from './call-pace.js';
export { dialPolicyFor } from './dial-policy.js';
export { InvalidConfigurationError, InvalidReferenceError, RegistryError } from './errors.js';
export type {
  FieldIssue,
  InvalidReferenceCode,
  InvalidReferenceDetails,
  Correction,
  RegistryErrorDetails,
  RegistryErrorKind,
  UpstreamAnswer,
} from './errors.js';
export { registryHostOf, registryPathOf } from './image-name.js';
export { ManifestReader } from './manifest-reader.js';
export type { AttachedImage, StoredLayer } from './manifest-reader.js';
export { isOffered, offeredForm, permissionsOf } from './offered.js';
export { PluginRegistry } from './plugin-registry.js';
export type {
  ConfigurationInput,
  ListOptions,
  PluginHost,
  PullAccess,
  PullAccessOptions,
  PullAuthentication,
  PullTarget,
  RegistryConfiguration,
  RegistryConnection,
  RegistryEvent,
  RegistryImage,
  RegistryPlugin,
  RegistryReference,
  RegistryRepository,
  VerifyOptions,
} from './plugin.js';
export type {
  CredentialGuide,
  CredentialKind,
  DocumentationLink,
  FormChoice,
  FormField,
  PermissionDescription,
  PluginDescription,
  RegistryCapabilities,
  VariantDescription,
} from './plugin-description.js';
export { pullClientOptions } from './pull-client.js';
export type { PullClientSettings } from './pull-client.js';
export { listingRate, type RequestRate } from './request-rate.js';
export { Secret } from './secret.js';
export type {
  CheckOutcome,
  DenialSource,
  PermissionCheck,
  VerificationProblem,
  VerificationReport,
} from './verification.js';
