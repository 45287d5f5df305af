import { z } from 'zod';
import type { GenerationWriter } from '../../database/generation-writer.js';
import { VulnerabilitiesError } from '../../vulnerabilities-error.js';
import { encodeEvents } from '../advisory-record.js';
import type { AdvisoryRecord, RangeEvent } from '../advisory-record.js';
import { keepRecords } from '../feed.js';
import type { FeedReport } from '../feed.js';
import { readUnfolded } from '../read-unfolded.js';
import { childOf, childText, descendants, XmlElements } from '../xml-elements.js';
import type { XmlElement } from '../xml-elements.js';

const maximumBytes = 1024 * 1024 * 1024;
const cve = z.string().regex(/^CVE-\d{4}-\d{4,}$/);
const packageName = z.string().min(1).max(256).regex(/^\S+$/);

/** What one test of the document asks of one package. */
interface Bound {
  readonly name: string;
  readonly operation: string;
  readonly version: string;
}

/**
 * Reads Microsoft's OVAL of one release of CBL-Mariner or Azure Linux: one record a definition, which is one vulnerability of one
 * source package. Tests, objects and states come after the definitions, so these are held until the end; they are few.
 * @throws VulnerabilitiesError `feed-malformed`.
 */
export async function importAzureOval(release: string, file: string, writer: GenerationWriter, report: FeedReport): Promise<void> {
  const definitions: XmlElement[] = [];
  const [tests, objects, states] = [new Map<string, XmlElement>(), new Map<string, string>(), new Map<string, { operation: string; version: string }>()];
  const elements = new XmlElements(['definition', 'rpminfo_test', 'rpminfo_object', 'rpminfo_state'], (element) => {
    const id = element.attributes['id'] ?? '';
    if (element.name === 'definition') definitions.push(element);
    else if (element.name === 'rpminfo_test') tests.set(id, element);
    else if (element.name === 'rpminfo_object') objects.set(id, childText(element, 'name'));
    // Some have a blank after the epoch.
    else states.set(id, { operation: childOf(element, 'evr')?.attributes['operation'] ?? '', version: childText(element, 'evr').replace(/\s+/g, '') });
  });
  for await (const chunk of readUnfolded(file, maximumBytes)) elements.write(chunk);
  elements.end();
  if (definitions.length === 0) throw new VulnerabilitiesError('feed-malformed', 'The document holds no definition.', 'Fetch it again; the records in use stay.');
  const boundOf = (reference: string): Bound => {
    const test = tests.get(reference);
    const name = objects.get((test && childOf(test, 'object')?.attributes['object_ref']) ?? '');
    const state = states.get((test && childOf(test, 'state')?.attributes['state_ref']) ?? '');
    if (name === undefined || state === undefined) throw new TypeError(`The test ${reference} is not in the document.`);
    return { name: packageName.parse(name), operation: state.operation, version: packageName.parse(state.version) };
  };
  for (const definition of definitions) {
    keepRecords(writer, report, definition.attributes['id'] ?? 'a definition', () => {
      const bounds = descendants(definition, 'criterion').map((criterion) => boundOf(criterion.attributes['test_ref'] ?? ''));
      return [{ record: recordOf(definition, bounds, release), body: { definition, bounds } }];
    });
  }
}

function recordOf(definition: XmlElement, bounds: readonly Bound[], release: string): AdvisoryRecord {
  const [metadata] = definition.children.filter((child) => child.name === 'metadata');
  if (metadata === undefined || bounds[0] === undefined) throw new TypeError('It has no metadata or no criteria.');
  const id = cve.parse(childOf(metadata, 'reference')?.attributes['ref_id']);
  const severity = childText(metadata, 'severity');
  const date = childText(metadata, 'advisory_date');
  return {
    id: `AZL-${definition.attributes['id']?.split(':').at(-1) ?? ''}`,
    kind: 'vulnerability',
    modified: date,
    published: date === '' ? undefined : date,
    withdrawn: undefined,
    summary: childText(metadata, 'title').slice(0, 500),
    aliases: [],
    upstream: [id],
    related: [],
    severities: severity === '' ? [] : [{ type: 'word', score: severity.slice(0, 32) }],
    affected: [{ ecosystem: `Azure Linux:${release}`, name: bounds[0].name, ranges: [encodeEvents(eventsOf(bounds, childText(metadata, 'patchable')))], versions: [], detail: undefined }],
  };
}

/** A patch that is not applicable means that the package never had the flaw; one that is not there yet, that every version has it. */
function eventsOf(bounds: readonly Bound[], patchable: string): RangeEvent[] {
  const introduced = bounds.find((bound) => bound.operation.startsWith('greater than'))?.version ?? '0';
  if (/not applicable/i.test(patchable)) return [{ kind: 'introduced', version: '0' }, { kind: 'fixed', version: '0' }];
  const fixed = bounds.find((bound) => bound.operation === 'less than')?.version;
  return [{ kind: 'introduced', version: introduced }, ...(fixed === undefined ? [] : [{ kind: 'fixed', version: fixed } as const])];
}
