import { ServiceFault } from '../errors.js';
import { type Operation, openRepository } from './operation-context.js';
import { invalidParameter } from './request-fields.js';

const LAYER_MEDIA_TYPE = 'application/vnd.docker.image.rootfs.diff.tar.gzip';

/** BatchCheckLayerAvailability: 1 to 100 digests; a malformed one is a failure of its own, an absent one is UNAVAILABLE. */
export const batchCheckLayerAvailability: Operation = (context) => {
  const { fields } = context;
  const registryId = fields.registryId(context.principal.account);
  const name = fields.repositoryName();
  const digests = fields.strings('layerDigests');
  if (digests === undefined) throw invalidParameter('layerDigests', 'Member must not be null');
  const repository = openRepository(context, 'BatchCheckLayerAvailability', registryId, name);
  const layers: unknown[] = [];
  const failures: unknown[] = [];
  for (const layerDigest of digests) {
    if (layerDigest === '') {
      failures.push({ failureCode: 'MissingLayerDigest', failureReason: 'Layer digest is missing' });
    } else if (!/^sha256:[0-9a-f]{64}$/.test(layerDigest)) {
      failures.push({ layerDigest, failureCode: 'InvalidLayerDigest', failureReason: `Invalid layer digest '${layerDigest}'` });
    } else {
      const blob = repository.blob(layerDigest);
      const availability = blob === undefined ? 'UNAVAILABLE' : repository.isBlobArchived(layerDigest) ? 'ARCHIVED' : 'AVAILABLE';
      layers.push({
        layerDigest,
        layerAvailability: availability,
        ...(blob === undefined ? {} : { layerSize: blob.sizeBytes, mediaType: LAYER_MEDIA_TYPE }),
      });
    }
  }
  return { layers, failures };
};

/** GetDownloadUrlForLayer: an expiring link to the blob origin. Configuration blobs have one too. */
export const getDownloadUrlForLayer: Operation = (context) => {
  const { state, fields } = context;
  const registryId = fields.registryId(context.principal.account);
  const name = fields.repositoryName();
  const layerDigest = fields.digest('layerDigest');
  const repository = openRepository(context, 'GetDownloadUrlForLayer', registryId, name);
  if (repository.blob(layerDigest) === undefined || repository.isBlobArchived(layerDigest)) {
    throw new ServiceFault(
      'LayersNotFoundException',
      `Layers with digests '[${layerDigest}]' were not found in the repository with name '${name}' in the registry with id '${registryId}'`,
    );
  }
  if (!repository.isBlobReferenced(layerDigest)) {
    throw new ServiceFault('LayerInaccessibleException', `The layer with digest '${layerDigest}' is not associated with an image in the repository '${name}'`);
  }
  return { downloadUrl: state.origins().blobs + state.blobLinks.sign({ account: registryId, region: state.region }, name, layerDigest, state.now()), layerDigest };
};
