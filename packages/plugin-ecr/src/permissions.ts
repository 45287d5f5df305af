import type { PermissionDescription } from '@esscm/registry-core';

/** The seven actions a read-only connection uses. */
export type EcrAction =
  | 'ecr:GetAuthorizationToken'
  | 'ecr:DescribeRepositories'
  | 'ecr:ListImages'
  | 'ecr:DescribeImages'
  | 'ecr:BatchGetImage'
  | 'ecr:BatchCheckLayerAvailability'
  | 'ecr:GetDownloadUrlForLayer';

/** Everything `verify` tries on a private registry. */
export type VerifiedAction = 'sts:AssumeRole' | 'sts:GetCallerIdentity' | EcrAction;

/** In the order of the report. Pulling needs three of them; the rest make browsing possible. */
export const privatePermissions: readonly (PermissionDescription & { readonly action: VerifiedAction })[] = [
  { action: 'sts:AssumeRole', purpose: 'Assume the role, and only with the external ID', required: true, credentialKinds: ['role'] },
  { action: 'sts:GetCallerIdentity', purpose: 'Identify the caller', required: false },
  { action: 'ecr:GetAuthorizationToken', purpose: 'Sign in to the registry', required: true },
  { action: 'ecr:DescribeRepositories', purpose: 'List repositories', required: false },
  { action: 'ecr:ListImages', purpose: 'List tags and digests', required: false },
  { action: 'ecr:DescribeImages', purpose: 'Sizes and push dates', required: false },
  { action: 'ecr:BatchGetImage', purpose: 'Read manifests', required: true },
  { action: 'ecr:BatchCheckLayerAvailability', purpose: 'Check layers', required: false },
  { action: 'ecr:GetDownloadUrlForLayer', purpose: 'Download layers', required: true },
];
