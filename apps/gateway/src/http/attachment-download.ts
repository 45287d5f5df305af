import { RegistryError } from '@esscm/registry-core';
import type { RequestHandler } from 'express';
import { registryProblem } from '../graphql/problems.js';
import type { AttachmentReader } from '../modules/attachments/attachment-reader.js';
import { payloadOf, payloadTypeOf } from '../modules/attachments/attached-payload.js';
import type { RequestContext } from '../request-context.js';

/**
 * Answers `/api/images/:imageId/attachments/:digest` with a document that is attached to the shown result. Whoever can push may
 * have written it, so it is sent as JSON or plain text to be saved, never as something a browser runs.
 */
export function createAttachmentHandler(reader: AttachmentReader): RequestHandler<{ imageId: string; digest: string }> {
  return async (request, response) => {
    const context: RequestContext = response.locals['context'];
    const { requester, correlationId, signal } = context;
    const refuse = (status: number, code: string, message: string) => void response.status(status).json({ errors: [{ message, extensions: { code, correlationId } }] });
    if (requester === undefined) return refuse(401, 'UNAUTHENTICATED', 'Sign in first.');
    if (!requester.scopes.has('READ')) return refuse(403, 'FORBIDDEN', 'This access token lacks the scope READ.');
    const { imageId, digest } = request.params;
    const image = await reader.find(requester.organization.id, imageId);
    if (image === undefined) return refuse(404, 'NOT_FOUND', 'This image does not exist. It may have been deleted.');
    if (image === 'unscanned') return refuse(404, 'NOT_FOUND', 'This image has no result yet.');
    try {
      const found = await reader.read(image, digest, { signal, accepts: (document) => payloadTypeOf(document) !== undefined });
      if (found === undefined) return refuse(404, 'NOT_FOUND', 'This document is not attached to the image.');
      const type = found === 'refused' ? undefined : payloadTypeOf(found.document);
      if (found === 'refused' || type === undefined) return refuse(415, 'UNSUPPORTED', 'Only JSON and text of at most 32 MiB are given out.');
      response
        .status(200)
        .set({ 'content-type': type, 'content-disposition': `attachment; filename="${digest.slice(7, 19)}.${type === 'application/json' ? 'json' : 'txt'}"` })
        .end(payloadOf(found.document.mediaType, found.bytes));
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      const { code, message } = registryProblem(context, error);
      refuse(502, code, message);
    }
  };
}
