import type { OutgoingAnswer } from '../http/exchange.js';
import { answerBlob, answerUpload } from './blobs.js';
import { answerCatalog, answerReferrers, answerTags } from './listings.js';
import { answerManifest, putManifest } from './manifests.js';
import { RegistryError } from './registry-error.js';
import type { RegistryRoute } from './registry-route.js';
import { API_VERSION_HEADER, type RegistrySession } from './registry-session.js';

/** Answers an authenticated request. @throws RegistryError */
export async function answerRegistryOperation(session: RegistrySession, route: RegistryRoute): Promise<OutgoingAnswer> {
  const { method } = session.request;
  const reads = method === 'GET' || method === 'HEAD';
  const mayWrite = session.visibility === 'private';
  switch (route.operation) {
    case 'base':
      if (reads) return { status: 200, headers: { ...API_VERSION_HEADER, 'Content-Type': 'application/json' }, body: '{}' };
      break;
    case 'catalog':
      if (reads && session.visibility === 'private') return answerCatalog(session);
      break;
    case 'tags':
      if (reads) return answerTags(session, route.name);
      break;
    case 'manifest':
      if (reads) return answerManifest(session, route.name, route.reference);
      if (method === 'PUT' && mayWrite) return putManifest(session, route.name, route.reference);
      break;
    case 'blob':
      if (reads) return answerBlob(session, route.name, route.reference);
      break;
    case 'referrers':
      if (reads) return answerReferrers(session, route.name, route.reference);
      break;
    case 'upload-start':
      if (method === 'POST' && mayWrite) return answerUpload(session, route.name, undefined);
      break;
    case 'upload':
      if (mayWrite && ['PATCH', 'PUT', 'GET', 'DELETE'].includes(method)) return answerUpload(session, route.name, route.reference);
      break;
    case 'unknown':
      throw new RegistryError(404, 'NOT_FOUND', '404 page not found');
  }
  throw new RegistryError(405, 'UNSUPPORTED', 'The operation is unsupported.');
}
