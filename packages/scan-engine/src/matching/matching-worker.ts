import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { AdvisoriesAtHand, isUnusable, type OpenAdvisories } from './advisories-at-hand.js';
import { changedExploitation } from './changed-exploitation.js';
import { changesSince } from './changes-since.js';
import { judgeComponents } from './judge-components.js';
import { matchImage, needsMore } from './match-image.js';
import { matchSample } from './match-sample.js';
import { supportedPackages, supportNoticesOf } from './support-at-hand.js';
import type { AdvisoryFolders, FromMatcher, ToMatcher } from './matching-protocol.js';

/** Entry of the matching thread: one task after the other, against the newest generation of a folder. */
function serve(port: MessagePort, { folder, sample }: AdvisoryFolders): void {
  const advisories = new AdvisoriesAtHand(folder);
  let last: Promise<void> = Promise.resolve();

  const current = async (): Promise<{ readonly open: OpenAdvisories | undefined; readonly unusable?: string }> => {
    try {
      return { open: await advisories.current() };
    } catch (error) {
      if (isUnusable(error)) return { open: undefined, unusable: `${error.message} ${error.remedy}` };
      throw error;
    }
  };

  const perform = async (message: ToMatcher): Promise<unknown> => {
    const { open, unusable } = await current();
    switch (message.name) {
      case 'match': {
        const { isSample = false, earlier, ...input } = message.request;
        return isSample && sample !== undefined && needsMore(input, open) ? matchSample(input, sample, open?.revision) : matchImage(input, open, { unusable, earlier });
      }
      case 'held':
        return open && { revision: open.revision, ...(open.importedAt === '' ? {} : { advisoriesAt: open.importedAt }), ...(open.supportRevision === undefined ? {} : { supportRevision: open.supportRevision }) };
      case 'changes':
        return changesSince(message.request, advisories);
      case 'judge':
        return judgeComponents(message.request.components, message.request.since, advisories);
      case 'exploitation':
        return changedExploitation(message.request.vulnerabilities, message.request.since, advisories);
      case 'supportedPackages':
        return supportedPackages(open);
      case 'support':
        return supportNoticesOf(message.request.images, message.request.today, open);
    }
  };

  port.on('message', (message: ToMatcher) => {
    last = last.then(async () => {
      let reply: FromMatcher;
      try {
        reply = { task: message.task, answer: await perform(message) };
      } catch (error) {
        reply = { task: message.task, failure: error instanceof Error ? error.message : String(error) };
      }
      port.postMessage(reply);
    });
  });
}

if (parentPort !== null && isFolders(workerData)) serve(parentPort, workerData);

function isFolders(data: unknown): data is AdvisoryFolders {
  return typeof data === 'object' && data !== null && 'folder' in data;
}
