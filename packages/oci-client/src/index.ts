export { listAttachments } from './attachments.js';
export type { AttachedDocument, Attachment, AttachmentList, AttachmentOrigin } from './attachments.js';
export { anonymousAuthentication, basicAuthentication } from './authentication.js';
export type { AuthenticationSource, Authorization, AuthorizationOptions } from './authentication.js';
export type { Clock } from './clock.js';
export { digestOf, isDigest, parseDigest } from './digest.js';
export type { Digest, DiffId } from './digest.js';
export { createDockerArchiveImageSource } from './docker-archive-image-source.js';
export type { DockerArchiveImageSourceOptions } from './docker-archive-image-source.js';
export { OciError } from './errors.js';
export type { OciErrorCode, OciErrorDetails } from './errors.js';
export { fetchChangedDocument, fetchDocument } from './fetch-document.js';
export type { DocumentValidators, FetchDocumentOptions, FetchedDocument } from './fetch-document.js';
export { createDialPolicy } from './guarded-dialer.js';
export type { DialPolicy, DialPolicyOptions, GuardedAgents } from './guarded-dialer.js';
export type {
  HistoryEntry,
  ImageConfiguration,
  ImageLayer,
  ImageSource,
  PlatformImage,
  ResolvedImage,
  ResolveOptions,
} from './image-source.js';
export { defaultLimits } from './limits.js';
export { isLoopbackHost } from './loopback.js';
export type { OciLimits } from './limits.js';
export type { ManifestDocument } from './manifest-document.js';
export { artifactName, isImageConfiguration, isIndexMediaType } from './media-types.js';
export { createOciLayoutImageSource } from './oci-layout-image-source.js';
export type { OciLayoutImageSourceOptions } from './oci-layout-image-source.js';
export { defaultPlatform, formatPlatform, parsePlatform, platformDistance } from './platform.js';
export type { Platform } from './platform.js';
export { formatReference, InvalidReferenceError, isRepositoryName, isTag, manifestReferenceOf, parseReference } from './reference.js';
export type { ImageReference, InvalidReferenceDetails, InvalidReferenceReason } from './reference.js';
export type { RefusedNetwork } from './refused-networks.js';
export { RegistryClient } from './registry-client.js';
export type { BlobDescriptor, ListPagesOptions, ManifestDescription, RegistryClientOptions } from './registry-client.js';
export { createRegistryImageSource } from './registry-image-source.js';
export type { RegistryImageSourceOptions } from './registry-image-source.js';
export type { Referrer } from './registry-lists.js';
export type { RequestEvent } from './registry-session.js';
