import type { PluginDescription } from '@esscm/registry-core';
import { credentialKinds } from '../configuration/credential-kinds.js';
import { privatePermissions } from '../permissions.js';
import { eventGuide } from '../events/event-guide.js';
import { icon } from './icon.js';

/** The card and the wizard of Amazon ECR. */
export const ecrDescription: PluginDescription = {
  id: 'ecr',
  name: 'Amazon ECR',
  summary: 'Private repositories of an AWS account and images of the ECR Public Gallery.',
  icon,
  variants: [
    {
      id: 'public',
      name: 'Public',
      summary: 'Images of the Amazon ECR Public Gallery. No credentials needed.',
      capabilities: {
        anonymous: true,
        listRepositories: false,
        listTags: false,
        tagNames: true,
        imageMetadata: false,
        referrers: false,
        pushEvents: false,
      },
      credentialKinds: [],
      referencePlaceholder: 'public.ecr.aws/nginx/nginx:latest',
      permissions: [],
    },
    {
      id: 'private',
      name: 'Private',
      summary: 'Repositories of AWS accounts, in one region or several.',
      capabilities: {
        anonymous: false,
        listRepositories: true,
        listTags: true,
        imageMetadata: true,
        referrers: true,
        pushEvents: true,
      },
      credentialKinds: credentialKinds.map(({ form }) => form),
      referencePlaceholder: '123456789012.dkr.ecr.us-east-1.amazonaws.com/payments/api:1.0',
      permissions: privatePermissions,
      eventGuide,
    },
  ],
  documentation: [
    {
      title: 'Amazon ECR User Guide',
      url: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/what-is-ecr.html',
    },
    {
      title: 'IAM permissions for Amazon ECR',
      url: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/security-iam.html',
    },
    { title: 'Amazon ECR Public Gallery', url: 'https://gallery.ecr.aws/' },
  ],
};
