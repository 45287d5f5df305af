import { z } from 'zod';
import { encodeEvents } from '../advisory-record.js';
import type { AdvisoryRecord, AffectedPackage } from '../advisory-record.js';
import { childOf, childText, descendants } from '../xml-elements.js';
import type { XmlElement } from '../xml-elements.js';

const identifiers = z.object({ id: z.string().regex(/^EL[SBE]A-[\w-]{3,64}$/), cves: z.array(z.string().regex(/^CVE-\d{4}-\d{4,}$/)).max(10_000) });

/** What a criterion holds for: the criteria around it, joined by AND. */
interface Context {
  readonly release: string | undefined;
  readonly architecture: string | undefined;
  readonly module: string | undefined;
}

interface Fixed extends Context {
  readonly name: string;
  readonly version: string;
}

/**
 * One definition of Oracle's OVAL (https://linux.oracle.com/security/oval) as a record. Its criteria say in their comments what
 * they test, always in the same words; the tests they refer to come later in the document and say no more.
 * @throws ZodError when it has no identifier.
 */
export function readDefinition(definition: XmlElement): AdvisoryRecord {
  const metadata = childOf(definition, 'metadata');
  const references = metadata === undefined ? [] : descendants(metadata, 'reference');
  const named = (source: string): string[] => references.flatMap(({ attributes }) => (attributes['source']?.toLowerCase() === source ? [attributes['ref_id'] ?? ''] : []));
  const { id, cves } = identifiers.parse({ id: named('elsa')[0], cves: [...new Set(named('cve'))] });
  const advisory = metadata && childOf(metadata, 'advisory');
  const issued = (advisory && childOf(advisory, 'issued')?.attributes['date']) ?? '';
  const severity = advisory === undefined ? '' : childText(advisory, 'severity');
  const criteria = childOf(definition, 'criteria');
  const moment = /^\d{4}-\d\d-\d\d$/.test(issued) ? `${issued}T00:00:00Z` : undefined;
  return {
    id,
    kind: 'vulnerability',
    modified: moment ?? '',
    published: moment,
    withdrawn: undefined,
    summary: (metadata === undefined ? '' : childText(metadata, 'title')).replace(/\s+/g, ' ').slice(0, 500),
    aliases: [],
    upstream: cves,
    related: [],
    severities: severity === '' ? [] : [{ type: 'word', score: severity.slice(0, 32) }],
    affected: criteria === undefined ? [] : affectedPackages(fixedPackages(criteria, { release: undefined, architecture: undefined, module: undefined })),
  };
}

function fixedPackages(criteria: XmlElement, around: Context): Fixed[] {
  const comments = criteria.children.flatMap((child) => (child.name === 'criterion' ? [child.attributes['comment'] ?? ''] : []));
  const stated = (pattern: RegExp): string | undefined => comments.map((comment) => pattern.exec(comment)?.[1]).find((found) => found !== undefined);
  // Only what is joined by AND holds for the rest.
  const context: Context =
    criteria.attributes['operator'] === 'OR'
      ? around
      : {
          release: stated(/^Oracle Linux (\d+) is installed$/) ?? around.release,
          architecture: stated(/^Oracle Linux arch is (\w+)$/) ?? around.architecture,
          module: stated(/^Module '?([\w.+-]+:[\w.+-]+?)'? is enabled$/) ?? around.module,
        };
  const here = comments.flatMap((comment): Fixed[] => {
    const [, name, version] = /^(\S{1,256}) is earlier than (\S{1,256})$/.exec(comment) ?? [];
    return name === undefined || version === undefined ? [] : [{ ...context, name, version }];
  });
  return [...here, ...criteria.children.flatMap((child) => (child.name === 'criteria' ? fixedPackages(child, context) : []))];
}

/** One entry a version of a package, for the architectures that have it. */
function affectedPackages(fixed: readonly Fixed[]): AffectedPackage[] {
  const groups = Map.groupBy(fixed.filter((each) => each.release !== undefined), ({ release, name, version, module }) => [release, name, version, module].join(' '));
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const architectures = [...new Set([first, ...others].map((each) => each.architecture))];
    const isEverywhere = architectures.includes(undefined) || (architectures.includes('x86_64') && architectures.includes('aarch64'));
    const detail = {
      ...(isEverywhere ? {} : { architectures: architectures.flatMap((each) => (each === undefined ? [] : each === 'i386' ? ['i386', 'i586', 'i686'] : [each])).toSorted() }),
      ...(first.module === undefined ? {} : { module: first.module }),
    };
    return [
      {
        ecosystem: `Oracle Linux:${first.release}`,
        name: first.name,
        ranges: [encodeEvents([{ kind: 'introduced', version: '0' }, { kind: 'fixed', version: first.version }])],
        versions: [],
        detail: Object.keys(detail).length === 0 ? undefined : detail,
      },
    ];
  });
}
