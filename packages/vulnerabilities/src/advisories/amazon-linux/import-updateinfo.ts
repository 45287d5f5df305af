import type { GenerationWriter } from '../../database/generation-writer.js';
import { isOfLine } from '../../matchers/rpm-rules.js';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';
import { encodeEvents } from '../advisory-record.js';
import type { AffectedPackage } from '../advisory-record.js';
import { keepRecords } from '../feed.js';
import type { FeedReport } from '../feed.js';
import { readUnfolded } from '../read-unfolded.js';
import { XmlElements } from '../xml-elements.js';
import { momentOf, readUpdate } from './read-update.js';
import type { AmazonUpdate } from './read-update.js';

const maximumBytes = 2 * 1024 * 1024 * 1024;

/** A notice as gathered over repositories and architectures. */
interface Notice {
  readonly update: Omit<AmazonUpdate, 'packages'>;
  readonly repository: string;
  /** By name and version; the architectures it was built for. */
  readonly packages: Map<string, { readonly name: string; readonly version: string; readonly architectures: Set<string> }>;
}

/**
 * Reads the notices of all repositories of one release: one record a notice. The same notice is in the repository of every
 * architecture, with the packages of that one. @throws VulnerabilitiesError `feed-malformed`, `bundle-damaged`.
 */
export async function importUpdateinfo(release: string, files: readonly { readonly repository: string; readonly path: string }[], writer: GenerationWriter, report: FeedReport): Promise<void> {
  const notices = new Map<string, Notice>();
  for (const { repository, path } of files) await readNotices(repository, path, notices, writer, report);
  if (notices.size === 0) throw new VulnerabilitiesError('feed-malformed', `The repositories of Amazon Linux ${release} hold no notice.`, 'Update again; the records in use stay.');
  const inCore = new Set([...notices.values()].flatMap((notice) => (notice.repository === 'core' ? [...notice.packages.values()].map((each) => each.name) : [])));
  for (const [id, notice] of notices) keepRecords(writer, report, id, () => [{ record: recordOf(notice, release, inCore), body: { ...notice.update, repository: notice.repository, packages: [...notice.packages.values()].map((each) => ({ ...each, architectures: [...each.architectures] })) } }]);
}

async function readNotices(repository: string, path: string, notices: Map<string, Notice>, writer: GenerationWriter, report: FeedReport): Promise<void> {
  const elements = new XmlElements(['update'], (element) => {
    keepRecords(writer, report, element.children.find((child) => child.name === 'id')?.text ?? repository, () => {
      const { packages, ...update } = readUpdate(element);
      const notice: Notice = notices.get(update.id) ?? { update, repository, packages: new Map() };
      notices.set(update.id, notice);
      for (const { name, version, release, epoch, arch } of packages) {
        if (arch === 'src') continue;
        const whole = `${epoch === '' ? '0' : epoch}:${version}${release === '' ? '' : `-${release}`}`;
        const known = notice.packages.get(`${name} ${whole}`) ?? { name, version: whole, architectures: new Set<string>() };
        notice.packages.set(`${name} ${whole}`, known);
        known.architectures.add(arch);
      }
      return [];
    });
  });
  for await (const chunk of readUnfolded(path, maximumBytes)) elements.write(chunk);
  elements.end();
}

function recordOf({ update, repository, packages }: Notice, release: string, inCore: ReadonlySet<string>): Parameters<GenerationWriter['add']>[0] {
  return {
    id: update.id,
    kind: 'vulnerability',
    modified: momentOf(update.updated) || momentOf(update.issued),
    published: momentOf(update.issued) || undefined,
    withdrawn: undefined,
    summary: update.title.slice(0, 500),
    aliases: [],
    upstream: [...new Set(update.cves)],
    related: [],
    severities: update.severity === '' ? [] : [{ type: 'word', score: update.severity }],
    affected: [...packages.values()].map(({ name, version, architectures }): AffectedPackage => {
      const line = repository === 'core' ? undefined : versionLine(repository, version, inCore.has(name));
      const everywhere = release === '1' || architectures.has('noarch') || (architectures.has('x86_64') && architectures.has('aarch64'));
      const detail = { ...(line === undefined ? {} : { versionLine: line }), ...(everywhere ? {} : { architectures: [...architectures].toSorted() }) };
      return {
        ecosystem: `Amazon Linux:${release}`,
        name,
        ranges: [encodeEvents([{ kind: 'introduced', version: '0' }, { kind: 'fixed', version }])],
        versions: [],
        detail: Object.keys(detail).length === 0 ? undefined : detail,
      };
    }),
  };
}

/**
 * Extras bring newer versions of what core has, under the same names, and rpm does not remember where a package is from. So a
 * notice of an extra counts for the versions that extra brings: those its name states (kernel-5.10, php8.0), else, for packages
 * that core has too, those of the fixed version's first two parts.
 */
export function versionLine(repository: string, fixed: string, isInCore: boolean): string | undefined {
  const [, named] = /(\d+(?:\.\d+)*)$/.exec(repository) ?? [];
  if (named !== undefined && isOfLine(fixed, named)) return named;
  return isInCore ? /^(?:\d+:)?(\d+(?:\.\d+)?)/.exec(fixed)?.[1] : undefined;
}
