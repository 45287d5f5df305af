import type { FindingFilter, Store } from '@esscm/store';
import { writeVex } from '@esscm/vulnerabilities';
import type { Request, RequestHandler, Response } from 'express';
import { vexDownloadFormats } from '../modules/vex/vex-download-path.js';
import { readKnownFindings } from '../modules/vex/read-known-findings.js';
import { vexOfFindings } from '../modules/vex/vex-of-findings.js';
import type { RequestContext } from '../request-context.js';
import { fileName } from './file-name.js';

interface VexDownloadOptions {
  readonly store: Store;
  readonly version: string;
  /** As browsers reach the server; CSAF names publishers by an address. */
  readonly publicOrigin: string | undefined;
  readonly now: () => Date;
}

/** What a document is about. */
interface Subject {
  readonly filter: FindingFilter;
  readonly title: string;
  /** Parts of the file's name. */
  readonly parts: readonly (string | undefined)[];
}

/** A document is held whole while it is written. */
const maximumFindings = 50_000;

/** Answers `/api/images/:imageId/vex?format=…`. */
export function createImageVexHandler(options: VexDownloadOptions): RequestHandler<{ imageId: string }> {
  return (request, response) =>
    send(options, request, response, async (organizationId) => {
      const image = await options.store.images.find(organizationId, request.params.imageId);
      if (image === undefined) return 'This image does not exist. It may have been deleted.';
      const matched = image.contentId !== undefined && (await options.store.findings.matchingsOf(organizationId, [image.contentId])).has(image.contentId);
      if (!matched) return 'This image has not been matched with advisories yet.';
      const title = `${image.name}${image.tag === undefined ? '' : `:${image.tag}`}`;
      return { filter: { imageId: image.id }, title, parts: [image.repository.split('/').at(-1), image.tag] };
    });
}

/** Answers `/api/project-versions/:versionId/vex?format=…`: one document about all images of the version. */
export function createVersionVexHandler(options: VexDownloadOptions): RequestHandler<{ versionId: string }> {
  return (request, response) =>
    send(options, request, response, async (organizationId) => {
      const [version] = await options.store.projects.findVersions(organizationId, [request.params.versionId]);
      const project = version === undefined ? undefined : await options.store.projects.find(organizationId, version.projectId);
      if (version === undefined || project === undefined) return 'This version does not exist. It may have been deleted.';
      return { filter: { projectVersionId: version.id }, title: `${project.name} ${version.version}`, parts: [project.name, version.version] };
    });
}

async function send({ store, version, publicOrigin, now }: VexDownloadOptions, request: Request<Record<string, string>>, response: Response, find: (organizationId: string) => Promise<Subject | string>): Promise<void> {
  const { requester, correlationId, signal }: RequestContext = response.locals['context'];
  const refuse = (status: number, code: string, message: string) => void response.status(status).json({ errors: [{ message, extensions: { code, correlationId } }] });
  if (requester === undefined) return refuse(401, 'UNAUTHENTICATED', 'Sign in first.');
  if (!requester.scopes.has('READ')) return refuse(403, 'FORBIDDEN', 'This access token lacks the scope READ.');
  const wanted = request.query['format'] ?? 'openvex';
  const format = vexDownloadFormats.find(({ id }) => id === wanted);
  if (format === undefined) return refuse(400, 'BAD_USER_INPUT', `The format is one of ${vexDownloadFormats.map(({ id }) => id).join(', ')}.`);
  const subject = await find(requester.organization.id);
  if (typeof subject === 'string') return refuse(404, 'NOT_FOUND', subject);
  const known = await readKnownFindings(store, requester.organization.id, subject.filter, { maximum: maximumFindings, signal });
  if (known === undefined) return refuse(413, 'LIMIT_EXCEEDED', `There are more than ${maximumFindings} findings. Fetch the document of each image.`);
  const timestamp = now().toISOString();
  const statements = vexOfFindings(known, timestamp);
  // None of the formats has a document that states nothing.
  if (statements.length === 0) return refuse(404, 'NOT_FOUND', 'There is no finding to make a statement about.');
  const author = { name: requester.organization.name, namespace: publicOrigin ?? 'https://esscm.invalid' };
  const text = writeVex({ author, timestamp, tool: { name: 'ESSCM', version }, title: `VEX of ${subject.title}`, statements }, format.id);
  response
    .status(200)
    .set({ 'content-type': 'application/json', 'content-disposition': `attachment; filename="${fileName(subject.parts)}.${format.fileEnding}"` })
    .end(text);
}
