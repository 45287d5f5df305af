import { InvalidReferenceError } from '@esscm/registry-core';
import { isRegion, partitionOf } from '../partitions.js';
import { parseRegistryHost } from './registry-host.js';

/**
 * Says why a host is not one of ECR: the nearest mistake, never a connection.
 * @param text the whole reference
 * @param host its part before the first slash
 */
export function invalidHost(text: string, host: string): InvalidReferenceError {
  if (text.includes('/') && /[^\u0021-\u007e]/.test(host)) {
    return invalid('An image URI holds no blanks and no letters outside a to z.');
  }
  const bareHost = host.replace(/^.*@/, '').replace(/:[0-9]*$/, '');
  if (host.includes('@') && parseRegistryHost(bareHost) !== undefined) {
    return invalid('Leave out the user name before the registry host.', text.replace(host, bareHost));
  }
  if (/:[0-9]*$/.test(host) && parseRegistryHost(bareHost) !== undefined && text.includes('/')) {
    return invalid('An ECR registry host has no port.', text.replace(host, bareHost));
  }
  const lowered = host.toLowerCase();
  if (lowered !== host && parseRegistryHost(lowered) !== undefined) {
    return invalid('A registry host is written in lower case.', text.replace(host, lowered));
  }
  if (/^(?:api\.)?ecr(?:-public)?(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.|api\.)/.test(host)) {
    return invalid('This is the host of the ECR API, not of a registry. A registry host begins with the account ID.');
  }
  if (/^[0-9]*\.dkr[.-]ecr/.test(host)) return invalid(privateHostMistake(host));
  if (/(?:^|\.)(?:public\.ecr\.aws|ecr-public\.aws\.com|amazonaws\.com)/.test(host)) {
    return invalid('This is not the host of an ECR registry.');
  }
  return notOfEcr(text, host);
}

function privateHostMistake(host: string): string {
  const [account = '', ...rest] = host.split('.');
  if (!/^[0-9]{12}$/.test(account)) return 'The account ID before .dkr has 12 digits.';
  const region = host.includes('.dkr-ecr') ? rest[1] : rest[2];
  if (region === undefined || !isRegion(region)) {
    return 'The registry host names no AWS region, such as us-east-1, after ecr.';
  }
  const { suffix, dualStack } = partitionOf(region);
  const endings =
    dualStack === undefined
      ? `dkr.ecr.${region}.${suffix}`
      : `dkr.ecr.${region}.${suffix} or dkr-ecr.${region}.${dualStack.registrySuffix}`;
  return `A registry host in ${region} ends in ${endings}.`;
}

function notOfEcr(text: string, host: string): InvalidReferenceError {
  const hasHost = text.includes('/') && (/[.:]/.test(host) || host === 'localhost');
  if (hasHost) {
    return new InvalidReferenceError({
      code: 'other-registry',
      message: 'This image is in another registry. ECR addresses begin with public.ecr.aws or an account ID.',
    });
  }
  if (/^[a-z0-9]+(?:[._/-][a-z0-9]+)*(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?$/.test(text)) {
    return dockerHub(text);
  }
  return new InvalidReferenceError({
    code: 'no-host',
    message: 'This is not an image URI. One begins with a registry host, such as public.ecr.aws/nginx/nginx:latest.',
  });
}

function dockerHub(text: string): InvalidReferenceError {
  const official = text.replace(/^library\//, '');
  return new InvalidReferenceError({
    code: 'other-registry',
    message: official.includes('/')
      ? 'This is a Docker Hub reference. Enter the whole ECR address.'
      : 'This is a Docker Hub reference. ECR Public carries the official images under public.ecr.aws/docker/library.',
    ...(!official.includes('/') && { suggestion: `public.ecr.aws/docker/library/${official}` }),
  });
}

function invalid(message: string, suggestion?: string): InvalidReferenceError {
  return new InvalidReferenceError({
    code: 'invalid-host',
    message,
    ...(suggestion !== undefined && { suggestion }),
  });
}
