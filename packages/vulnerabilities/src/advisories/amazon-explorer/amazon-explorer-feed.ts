import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';
import type { AdvisoryRecord } from '../advisory-record.js';
import { DownloadError } from '../download-error.js';
import type { Downloads } from '../downloads.js';
import { addressIn, keepRecords } from '../feed.js';
import type { Feed } from '../feed.js';
import { sourceTerms } from '../source-terms.js';
import { readPage } from './read-page.js';
import { recordOfNoPage, recordOfPage } from './record-of-page.js';
import { vulnerabilitiesToAsk } from './vulnerabilities-to-ask.js';
import type { Question } from './vulnerabilities-to-ask.js';

const maximumPageBytes = 4 * 1024 * 1024;
/** There is no list of what changed, so pages are asked for one by one, a share of them at each update. */
const mostPages = 1_000;

/** What a page brought, or why it cannot be used. */
type Answers = Map<string, AdvisoryRecord | Error>;

/** What a server answers. A refusal (403) says nothing of the page. */
type Answer = { readonly kind: 'page'; readonly html: string } | { readonly kind: 'no page' | 'refused' };

/**
 * What the CVE explorer of Amazon Linux says of vulnerabilities that its notices do not speak of: not fixed, no fix planned, not
 * affected. It is asked about CVEs that the other sources in the database name, slowly.
 */
export function amazonExplorerFeed(base: string, now: number): Feed {
  return {
    source: 'amazon-explorer',
    terms: sourceTerms('amazon-explorer'),
    location: base,
    asksAboutOthers: true,
    async fetch(downloads, held, { database, packages }) {
      const questions = database === undefined ? [] : vulnerabilitiesToAsk(database, packages, now, mostPages);
      if (questions.length === 0) {
        if (held !== undefined) return undefined;
        throw new VulnerabilitiesError('feed-malformed', 'The database names no vulnerability of a package of Amazon Linux, and there is nothing to ask about.', 'Update Amazon Linux first, then this source.');
      }
      const answers = await ask(downloads, base, questions, held === undefined, new Date(now).toISOString());
      return {
        isPartial: held !== undefined,
        write(writer, report) {
          for (const [cve, answer] of answers) {
            keepRecords(writer, report, cve, () => {
              if (answer instanceof Error) throw answer;
              return [{ record: answer, body: answer }];
            });
          }
          return 0;
        },
      };
    },
  };
}

/**
 * Asks for one page after the other. When it gets no further, what was answered until then counts, and the rest is asked for at
 * another update. That no page is there is believed of vulnerabilities that never had one, once others had. @throws
 * VulnerabilitiesError when it is not believed, nothing was answered, or no page can be read.
 */
async function ask(downloads: Downloads, base: string, questions: readonly Question[], isFirstTime: boolean, now: string): Promise<Answers> {
  const answers: Answers = new Map();
  let pages = 0;
  let failure: unknown;
  try {
    for (const { cve } of questions) {
      const answer = await fetchPage(downloads, addressIn(base, `${cve}.html`));
      if (answer.kind === 'page') pages += 1;
      if (answer.kind !== 'refused') answers.set(cve, answer.kind === 'page' ? read(answer.html, cve, now) : recordOfNoPage(cve, now));
    }
  } catch (error) {
    downloads.signal.throwIfAborted();
    failure = error;
  }
  const isExpected = !isFirstTime && answers.size > 0 && !questions.some(({ hadPage }) => hadPage);
  if (pages === 0 && (failure !== undefined || !isExpected)) throw failure ?? new VulnerabilitiesError('download-failed', `None of the ${questions.length} pages asked for is there.`, 'Check the address of the explorer, then update again; the records in use stay.');
  const unread = [...answers.values()].filter((answer) => answer instanceof Error);
  if (pages > 0 && unread.length === pages) throw unread[0];
  return answers;
}

function read(html: string, cve: string, now: string): AdvisoryRecord | Error {
  try {
    return recordOfPage(readPage(html, cve), now);
  } catch (error) {
    return error instanceof Error ? error : new TypeError('It cannot be read.');
  }
}

async function fetchPage(downloads: Downloads, address: string): Promise<Answer> {
  try {
    const file = await downloads.listedFile(address, maximumPageBytes);
    if (file === undefined) return { kind: 'no page' };
    const html = await readFile(file.path, 'utf8');
    await downloads.discard(file);
    return { kind: 'page', html };
  } catch (error) {
    if (error instanceof DownloadError && error.status === 403) return { kind: 'refused' };
    throw error;
  } finally {
    if (!address.startsWith('file:')) await setTimeout(downloads.pauseMs, undefined, { signal: downloads.signal });
  }
}
