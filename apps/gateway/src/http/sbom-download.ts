import { pipeline } from 'node:stream/promises';
import { documentFormats } from '@esscm/sbom';
import type { Store } from '@esscm/store';
import type { RequestHandler, Response } from 'express';
import type { DocumentWriter } from '../documents/document-writer.js';
import type { RequestContext } from '../request-context.js';
import { fileName } from './file-name.js';

/** Answers `/api/images/:imageId/sbom?format=…` with the catalogue of the shown result. */
export function createSbomHandler(store: Pick<Store, 'images' | 'contents'>, writer: DocumentWriter): RequestHandler<{ imageId: string }> {
  return async (request, response) => {
    const { requester, correlationId }: RequestContext = response.locals['context'];
    const refuse = (status: number, code: string, message: string) => answer(response, status, { errors: [{ message, extensions: { code, correlationId } }] });
    if (requester === undefined) return refuse(401, 'UNAUTHENTICATED', 'Sign in first.');
    if (!requester.scopes.has('READ')) return refuse(403, 'FORBIDDEN', 'This access token lacks the scope READ.');
    const wanted = request.query['format'] ?? documentFormats[0].id;
    const format = documentFormats.find((candidate) => candidate.id === wanted);
    if (format === undefined) {
      return refuse(400, 'BAD_USER_INPUT', `The format is one of ${documentFormats.map((known) => known.id).join(', ')}.`);
    }
    const organizationId = requester.organization.id;
    const image = await store.images.find(organizationId, request.params.imageId);
    if (image === undefined) return refuse(404, 'NOT_FOUND', 'This image does not exist. It may have been deleted.');
    const content = image.contentId === undefined ? undefined : (await store.contents.findMany(organizationId, [image.contentId]))[0];
    const catalogue = content === undefined ? undefined : await store.contents.readCatalogue(organizationId, content.id);
    if (content === undefined || catalogue === undefined) return refuse(404, 'NOT_FOUND', 'This image has no result yet.');
    const name = fileName([image.repository.split('/').at(-1), image.tag ?? content.digest.slice(7, 19), content.platform.split('/').slice(1).join('-')]);
    const document = await writer.write({ catalogue, image, format: format.id });
    response
      .status(200)
      .set('content-type', format.mediaType)
      .set('content-disposition', `attachment; filename="${name}.${format.fileEnding}"`);
    // A reader who goes away is no failure; one of the thread cuts the document off, which its reader sees as such.
    await pipeline(document, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  };
}

function answer(response: Response, status: number, body: object): void {
  response.status(status).json(body);
}
