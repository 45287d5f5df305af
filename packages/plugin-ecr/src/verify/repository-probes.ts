import type { CallOptions, EcrApi } from '../private/ecr-api.js';
import type { EcrAction } from '../permissions.js';
import type { Probe } from './probe.js';

/**
 * Of nothing that exists. A digest and not a tag, as a missing tag can make a pull through cache ask its upstream; and
 * not a real image, as reading one would count as a pull and disturb lifecycle rules.
 */
const absentDigest = `sha256:${'0'.repeat(64)}`;

/** Stands in when no repository is known: an answer that it does not exist proves the permission. */
const inventedRepository = 'permission-probe/does-not-exist';

/** Calls that change nothing, one for each permission on repositories. */
export function repositoryProbes(api: EcrApi, repository: string | undefined, options: CallOptions): readonly Probe[] {
  const repositoryName = repository ?? inventedRepository;
  const target = { repositoryName, digest: absentDigest };
  const calls: readonly (readonly [EcrAction, () => Promise<unknown>])[] = [
    ['ecr:ListImages', () => api.listImages({ repositoryName, maxResults: 1 }, options)],
    ['ecr:DescribeImages', () => api.describeImages({ repositoryName, maxResults: 1 }, options)],
    ['ecr:BatchGetImage', () => api.batchGetImage(target, options)],
    ['ecr:BatchCheckLayerAvailability', () => api.batchCheckLayerAvailability(target, options)],
    ['ecr:GetDownloadUrlForLayer', () => api.getDownloadUrlForLayer(target, options)],
  ];
  return calls.map(([action, call]) => ({
    action,
    triedOn: repositoryName,
    onInventedName: repository === undefined,
    call,
  }));
}
