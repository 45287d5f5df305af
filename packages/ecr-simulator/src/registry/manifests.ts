import { serveManifest } from '../content/convert-manifest.js';
import { MAX_MANIFEST_BYTES, parseManifest } from '../content/stored-manifest.js';
import { type OutgoingAnswer, readBody } from '../http/exchange.js';
import { RegistryError } from './registry-error.js';
import { API_VERSION_HEADER, type RegistrySession } from './registry-session.js';

const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

const isDigest = (reference: string): boolean => /^sha256:[0-9a-f]{64}$/.test(reference);

const unknownManifest = () => new RegistryError(404, 'MANIFEST_UNKNOWN', 'Requested image not found');

/** GET and HEAD of a manifest. ECR names the digest in the answer to HEAD and leaves it out of the answer to GET. */
export function answerManifest(session: RegistrySession, name: string, reference: string): OutgoingAnswer {
  const { request, state } = session;
  const repository = session.open(name, 'BatchGetImage');
  const byDigest = isDigest(reference);
  if (!byDigest && !TAG.test(reference)) throw unknownManifest();
  const found = repository.lookUp(byDigest ? { digest: reference } : { tag: reference });
  if (typeof found === 'string' || found.image.archived) throw unknownManifest();
  const accepted = (request.headers.get('accept') ?? '')
    .split(',')
    .map((type) => type.split(';')[0]?.trim() ?? '')
    .filter((type) => type !== '');
  const served = serveManifest(found.image.manifest, accepted, byDigest);
  if (served === undefined) throw unknownManifest();
  if (request.method === 'GET') repository.recordPull(found.image.manifest.digest, state.now());
  return {
    status: 200,
    headers: {
      ...API_VERSION_HEADER,
      'Content-Type': served.mediaType,
      'Content-Length': String(served.bytes.length),
      ...(request.method === 'HEAD' ? { 'Docker-Content-Digest': served.digest } : {}),
    },
    body: served.bytes,
  };
}

/** PUT of a manifest by tag or digest: everything it names has to be there first. */
export async function putManifest(session: RegistrySession, name: string, reference: string): Promise<OutgoingAnswer> {
  const { request, state } = session;
  const repository = session.open(name, 'PutImage');
  const body = await readBody(request.stream, MAX_MANIFEST_BYTES);
  const manifest = parseManifest(body, request.headers.get('content-type')?.split(';')[0]?.trim());
  if (manifest === undefined) throw new RegistryError(405, 'UNSUPPORTED', 'Invalid parameter at \'ImageManifest\' failed to satisfy constraint: \'Invalid JSON syntax\'');
  const missingBlob = manifest.blobs.find((blob) => repository.blob(blob.digest) === undefined && !/foreign|nondistributable/.test(blob.mediaType));
  if (missingBlob !== undefined) throw new RegistryError(404, 'BLOB_UNKNOWN', `Layers with digests '[${missingBlob.digest}]' required for pushing image do not exist in the repository`);
  const missingChild = manifest.manifests.find((child) => repository.image(child.digest) === undefined);
  if (missingChild !== undefined) throw new RegistryError(404, 'MANIFEST_UNKNOWN', `Images with digests '[${missingChild.digest}]' required for pushing image do not exist in the repository`);
  const byDigest = isDigest(reference);
  if (byDigest ? reference !== manifest.digest : !TAG.test(reference)) {
    throw new RegistryError(400, byDigest ? 'DIGEST_INVALID' : 'TAG_INVALID', `The reference '${reference}' does not fit the manifest`);
  }
  repository.addImage({ manifest, pushedAt: state.now(), archived: false });
  if (!byDigest && !repository.tag(reference, manifest.digest)) {
    throw new RegistryError(
      400,
      'TAG_INVALID',
      `The image tag '${reference}' already exists in the '${name}' repository and cannot be overwritten because the tag is immutable.`,
    );
  }
  return {
    status: 201,
    headers: {
      ...API_VERSION_HEADER,
      Location: `${session.clientOrigin}/v2/${name}/manifests/${manifest.digest}`,
      'Docker-Content-Digest': manifest.digest,
      ...(manifest.subject === undefined || !state.referrersApi ? {} : { 'OCI-Subject': manifest.subject }),
    },
  };
}
