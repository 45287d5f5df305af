import { isDigest } from '@esscm/oci-client';
import { type RegistryEvent, RegistryError } from '@esscm/registry-core';
import { z } from 'zod';
import { headings } from '../errors/headings.js';

/**
 * An event of EventBridge: https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html. Only what is used; AWS
 * adds fields as it likes.
 */
const eventSchema = z.object({
  id: z.string().min(1).max(100),
  source: z.string().max(100),
  'detail-type': z.string().max(200),
  time: z.iso.datetime(),
  detail: z.unknown(),
});

const imageActionSchema = z.object({
  'action-type': z.string().max(100),
  result: z.string().max(100),
  'repository-name': z.string().min(2).max(256),
  'image-digest': z.string().max(200).optional(),
  'image-tag': z.string().max(128).optional(),
});

const actions: Readonly<Record<string, RegistryEvent['action']>> = { PUSH: 'push', DELETE: 'delete' };

/** Reads `ECR Image Action`; any other event of the same bus is passed over. */
export function readEvent(event: unknown): RegistryEvent | undefined {
  const envelope = eventSchema.safeParse(event);
  if (!envelope.success) throw unreadable(envelope.error);
  const { id, source, time, detail, 'detail-type': detailType } = envelope.data;
  if (source !== 'aws.ecr' || detailType !== 'ECR Image Action') return undefined;
  const image = imageActionSchema.safeParse(detail);
  if (!image.success) throw unreadable(image.error);
  const { result, 'action-type': actionType, 'repository-name': repository, 'image-digest': digest, 'image-tag': tag } = image.data;
  const action = actions[actionType];
  if (result !== 'SUCCESS' || action === undefined) return undefined;
  return {
    id,
    action,
    repository,
    ...(tag !== undefined && tag !== '' && { tag }),
    ...(digest !== undefined && isDigest(digest) && { digest }),
    occurredAt: new Date(time),
  };
}

function unreadable(cause: unknown): RegistryError {
  return new RegistryError({ kind: 'protocol', heading: headings.unexpected, message: 'This is not an event of Amazon EventBridge.', remedy: 'Send the whole event, unchanged, as JSON.', cause });
}
