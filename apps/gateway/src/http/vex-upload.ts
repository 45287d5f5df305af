import { maximumVexBytes } from '@esscm/scan-engine/vex';
import express, { type RequestHandler, type Router } from 'express';
import type { VexService } from '../modules/vex/vex.service.js';
import type { RequestContext } from '../request-context.js';

/**
 * `POST /api/vex-documents?name=…` with the text of a VEX document as its body: keeps it, in place of an earlier version of the same
 * document. The body is read after it is known that the requester may do this.
 */
export function vexUploadRouter(service: VexService): Router {
  const router = express.Router();
  router.post('/', mayTriage, express.raw({ type: () => true, limit: maximumVexBytes }), async (request, response) => {
    const { requester, correlationId }: RequestContext = response.locals['context'];
    if (requester === undefined) return;
    const { name } = request.query;
    const body: unknown = request.body;
    const author = { organizationId: requester.organization.id, userId: requester.userId, name: requester.name };
    const outcome = await service.upload(author, typeof name === 'string' ? name : '', body instanceof Uint8Array ? body : new Uint8Array());
    if ('document' in outcome) {
      const { id, name: called, statementCount, problems } = outcome.document;
      response.status(outcome.outcome === 'added' ? 201 : 200).json({ id, name: called, outcome: outcome.outcome, statementCount, problems });
      return;
    }
    if ('retryAfterMs' in outcome) return;
    const { code: reason, message, remedy } = outcome.failure;
    const [status, code] = reason === 'vex-too-large' ? [413, 'LIMIT_EXCEEDED'] : [422, 'INVALID_INPUT'];
    response.status(Number(status)).json({ errors: [{ message, extensions: { code, reason, remedy, correlationId } }] });
  });
  return router;
}

const mayTriage: RequestHandler = (_request, response, next) => {
  const { requester, correlationId }: RequestContext = response.locals['context'];
  const refuse = (status: number, code: string, message: string) => void response.status(status).json({ errors: [{ message, extensions: { code, correlationId } }] });
  if (requester === undefined) refuse(401, 'UNAUTHENTICATED', 'Sign in first.');
  else if (!requester.scopes.has('TRIAGE')) refuse(403, 'FORBIDDEN', 'This access token lacks the scope TRIAGE.');
  else next();
};
