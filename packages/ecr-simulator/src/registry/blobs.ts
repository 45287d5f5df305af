import type { OutgoingAnswer } from '../http/exchange.js';
import { RegistryError } from './registry-error.js';
import { API_VERSION_HEADER, type RegistrySession } from './registry-session.js';

function unknownBlob(digest: string): RegistryError {
  return new RegistryError(404, 'BLOB_UNKNOWN', `The blob '${digest}' does not exist in the repository`);
}

/** GET: a redirect to the blob origin, in another origin. HEAD: a direct answer. */
export function answerBlob(session: RegistrySession, name: string, digest: string): OutgoingAnswer {
  const { request, state, place } = session;
  const isHead = request.method === 'HEAD';
  const repository = session.open(name, isHead ? 'BatchCheckLayerAvailability' : 'GetDownloadUrlForLayer');
  const blob = repository.blob(digest);
  if (blob === undefined || repository.isBlobArchived(digest)) throw unknownBlob(digest);
  if (isHead) {
    return {
      status: 200,
      headers: { ...API_VERSION_HEADER, 'Content-Type': 'application/octet-stream', 'Content-Length': String(blob.sizeBytes), 'Docker-Content-Digest': digest },
    };
  }
  if (!repository.isBlobReferenced(digest)) throw unknownBlob(digest);
  return { status: 307, headers: { ...API_VERSION_HEADER, Location: state.origins().blobs + state.blobLinks.sign(place, name, digest, state.now()) } };
}

/** The upload endpoints: POST begins, PATCH appends, PUT appends the rest and ends, GET tells how far, DELETE gives up. */
export async function answerUpload(session: RegistrySession, name: string, uploadId: string | undefined): Promise<OutgoingAnswer> {
  const { request, state } = session;
  const location = (id: string) => `${session.clientOrigin}/v2/${name}/blobs/uploads/${id}`;
  if (uploadId === undefined) {
    const repository = session.open(name, 'InitiateLayerUpload');
    const mounted = request.query.get('mount') ?? '';
    // Cross-repository mount is off unless the registry enables it: the mount parameter then only begins an upload.
    if (mounted !== '' && repository.blob(mounted) !== undefined) return created(session, name, mounted);
    const upload = await state.uploads.begin(name);
    return { status: 202, headers: { ...API_VERSION_HEADER, Location: location(upload.id), 'Docker-Upload-UUID': upload.id, Range: '0-0' } };
  }
  const repository = session.open(name, request.method === 'PUT' ? 'CompleteLayerUpload' : 'UploadLayerPart');
  const upload = state.uploads.find(uploadId, name);
  if (upload === undefined) throw new RegistryError(404, 'BLOB_UPLOAD_UNKNOWN', `The upload '${uploadId}' does not exist`);
  const progress = () => ({ ...API_VERSION_HEADER, Location: location(uploadId), 'Docker-Upload-UUID': uploadId, Range: `0-${Math.max(upload.sizeBytes - 1, 0)}` });
  if (request.method === 'GET') return { status: 204, headers: progress() };
  if (request.method === 'DELETE') {
    await state.uploads.cancel(uploadId);
    return { status: 204, headers: API_VERSION_HEADER };
  }
  const start = /^(\d+)-\d+$/.exec(request.headers.get('content-range') ?? '')?.[1];
  if (start !== undefined && Number(start) !== upload.sizeBytes) {
    throw new RegistryError(416, 'BLOB_UPLOAD_INVALID', 'The part does not follow the previous one', progress());
  }
  await state.uploads.append(uploadId, request.stream);
  if (request.method === 'PATCH') return { status: 202, headers: progress() };
  const digest = request.query.get('digest') ?? '';
  const blob = await state.uploads.complete(uploadId, digest);
  if (blob === undefined) throw new RegistryError(400, 'DIGEST_INVALID', `The content of the upload does not have the digest '${digest}'`);
  repository.addBlob(blob);
  return created(session, name, digest);
}

function created(session: RegistrySession, name: string, digest: string): OutgoingAnswer {
  return {
    status: 201,
    headers: { ...API_VERSION_HEADER, Location: `${session.clientOrigin}/v2/${name}/blobs/${digest}`, 'Docker-Content-Digest': digest },
  };
}
