import { z } from 'zod';
import { maximumProblems, type DocumentProblem } from './document-error.js';

const text = z.string();

const cycloneDx = z.object({
  metadata: z.object({ component: z.unknown(), tools: z.unknown() }).partial().optional(),
  components: z.array(z.unknown()).default([]),
  services: z.array(z.unknown()).default([]),
  dependencies: z.array(z.object({ ref: text.optional(), dependsOn: z.array(text).default([]) })).default([]),
});

const spdx2 = z.object({
  SPDXID: text.optional(),
  packages: z.array(z.object({ SPDXID: text.optional() })).default([]),
  files: z.array(z.object({ SPDXID: text.optional() })).default([]),
  snippets: z.array(z.object({ SPDXID: text.optional() })).default([]),
  relationships: z.array(z.object({ spdxElementId: text, relatedSpdxElement: text })).default([]),
});

export interface ReferenceProblems {
  /** Two things with one name, which makes every reference to it ambiguous. */
  readonly duplicates: readonly DocumentProblem[];
  /** References to things that are not in the document. */
  readonly dangling: readonly DocumentProblem[];
}

/** References of a CycloneDX or SPDX 2 document in the shape of its JSON form. */
export function referenceProblems(source: Readonly<Record<string, unknown>>): ReferenceProblems {
  return 'spdxVersion' in source ? ofSpdx2(spdx2.parse(source)) : ofCycloneDx(cycloneDx.parse(source));
}

function ofCycloneDx({ metadata, components, services, dependencies }: z.infer<typeof cycloneDx>): ReferenceProblems {
  const names = new NamedThings();
  names.collect(metadata?.component, '/metadata/component', 'bom-ref', ['components']);
  components.forEach((entry, index) => names.collect(entry, `/components/${index}`, 'bom-ref', ['components']));
  services.forEach((entry, index) => names.collect(entry, `/services/${index}`, 'bom-ref', ['services']));
  return names.problems(
    dependencies.flatMap(({ ref = '', dependsOn }, index) => [
      { place: `/dependencies/${index}/ref`, name: ref },
      ...dependsOn.map((name, position) => ({ place: `/dependencies/${index}/dependsOn/${position}`, name })),
    ]),
    // Links into other documents (CycloneDX BOM-Link).
    (name) => name.startsWith('urn:cdx:'),
  );
}

function ofSpdx2({ SPDXID, packages, files, snippets, relationships }: z.infer<typeof spdx2>): ReferenceProblems {
  const names = new NamedThings();
  names.collect({ SPDXID }, '', 'SPDXID', []);
  for (const [list, entries] of Object.entries({ packages, files, snippets })) entries.forEach((entry, index) => names.collect(entry, `/${list}/${index}`, 'SPDXID', []));
  return names.problems(
    relationships.flatMap(({ spdxElementId, relatedSpdxElement }, index) => [
      { place: `/relationships/${index}/spdxElementId`, name: spdxElementId },
      { place: `/relationships/${index}/relatedSpdxElement`, name: relatedSpdxElement },
    ]),
    (name) => name === 'NOASSERTION' || name === 'NONE' || name.startsWith('DocumentRef-'),
  );
}

class NamedThings {
  readonly #names = new Set<string>();
  readonly #duplicates: DocumentProblem[] = [];

  collect(entry: unknown, place: string, member: string, nested: readonly string[]): void {
    if (typeof entry !== 'object' || entry === null) return;
    const fields: Readonly<Record<string, unknown>> = { ...entry };
    const name = fields[member];
    if (typeof name === 'string') {
      if (this.#names.has(name)) this.#duplicates.push({ place: `${place}/${member}`, message: `${JSON.stringify(name)} is the name of something else already.` });
      this.#names.add(name);
    }
    for (const list of nested) {
      const children = fields[list];
      if (Array.isArray(children)) children.forEach((child: unknown, index) => this.collect(child, `${place}/${list}/${index}`, member, nested));
    }
  }

  problems(references: readonly { readonly place: string; readonly name: string }[], isOutside: (name: string) => boolean): ReferenceProblems {
    const dangling = references.filter(({ name }) => !this.#names.has(name) && !isOutside(name)).map(({ place, name }) => ({ place, message: `Nothing in the document is called ${JSON.stringify(name)}.` }));
    return { duplicates: this.#duplicates.slice(0, maximumProblems), dangling: dangling.slice(0, maximumProblems) };
  }
}
