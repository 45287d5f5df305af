export { isDigest } from './digest.js';
export type { Digest, DiffId } from './digest.js';
export type { Platform } from './platform.js';
export { OciError } from './errors.js';
export type { OciErrorCode, OciErrorDetails } from './errors.js';
export type {
  HistoryEntry,
  ImageConfiguration,
  ImageLayer,
  ImageSource,
  PlatformImage,
  ResolvedImage,
  ResolveOptions,
} from './image-source.js';
