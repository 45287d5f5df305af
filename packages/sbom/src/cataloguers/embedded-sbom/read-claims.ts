import { z } from 'zod';
import { isIdentifier } from '../bounded-text.js';
import { parsePackageUrl } from '../../documents/parse-package-url.js';
import { whenNeeded } from '../../when-needed.js';

/** What a document in an image says of one package. */
export interface SbomClaim {
  readonly name: string;
  readonly version: string;
  /** As written there, without a subpath. */
  readonly packageUrl: string;
  readonly licence?: string;
  readonly cpes?: readonly string[];
  readonly downloadUrl?: string;
}

const text = whenNeeded(() => z.string().optional().catch(undefined));
const maximumClaims = 50_000;

const licenceChoice = whenNeeded(() => z.object({ expression: text(), license: z.object({ id: text(), name: text() }).optional().catch(undefined) }));
const cycloneDxComponent = whenNeeded(() => z.object({ name: text(), version: text(), purl: text(), cpe: text(), scope: text(), licenses: z.array(licenceChoice()).optional().catch(undefined), components: z.array(z.unknown()).optional().catch(undefined) }));
const spdxPackage = whenNeeded(() =>
  z.object({
    name: text(),
    versionInfo: text(),
    licenseDeclared: text(),
    downloadLocation: text(),
    externalRefs: z.array(z.object({ referenceType: text(), referenceLocator: text() })).optional().catch(undefined),
  }),
);
const syftArtifact = whenNeeded(() =>
  z.object({
    name: text(),
    version: text(),
    purl: text(),
    licenses: z.array(z.union([z.string(), z.object({ value: text() })])).optional().catch(undefined),
    cpes: z.array(z.union([z.string(), z.object({ cpe: text() })])).optional().catch(undefined),
  }),
);
const anything = whenNeeded(() => z.unknown().optional());
const document = whenNeeded(() => z.object({ bomFormat: text(), spdxVersion: text(), components: anything(), packages: anything(), artifacts: anything(), artifactRelationships: anything() }));

interface Draft {
  readonly purl: string | undefined;
  readonly version?: string | undefined;
  readonly licence?: string | undefined;
  readonly cpes?: readonly string[];
  readonly downloadUrl?: string | undefined;
}

/**
 * The packages a document names by package URL: CycloneDX as JSON, SPDX 2 as JSON or tag-value, or syft's own form. Read
 * leniently, as such documents are often not quite valid.
 * @returns `undefined` for text that is none of them
 */
export function readClaims(content: string): readonly SbomClaim[] | undefined {
  const start = content.slice(0, 2000).trimStart();
  if (start.startsWith('{')) return readJson(content);
  return /^SPDXVersion:/m.test(start) ? claimsOf(tagValuePackages(content)) : undefined;
}

function readJson(content: string): readonly SbomClaim[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch {
    return undefined;
  }
  const found = document().safeParse(parsed).data;
  if (found?.bomFormat === 'CycloneDX') return claimsOf(cycloneDxDrafts(found.components, 0));
  if (found?.spdxVersion?.startsWith('SPDX-') === true) return claimsOf(listOf(found.packages, spdxPackage()).map(spdxDraft));
  if (Array.isArray(found?.artifacts) && found.artifactRelationships !== undefined) return claimsOf(listOf(found.artifacts, syftArtifact()).map(syftDraft));
  return undefined;
}

function listOf<Item>(list: unknown, item: z.ZodType<Item>): readonly Item[] {
  return Array.isArray(list) ? list.slice(0, maximumClaims).flatMap((entry) => item.safeParse(entry).data ?? []) : [];
}

const maximumNesting = 8;

function cycloneDxDrafts(components: unknown, depth: number): readonly Draft[] {
  return listOf(components, cycloneDxComponent()).flatMap(({ purl, version, cpe, scope, licenses = [], components: inner }): readonly Draft[] => [
    // What is excluded was needed to build or to test it, and is not there.
    ...(scope === 'excluded' ? [] : [{ purl, version, licence: licenses.map(({ expression, license }) => expression ?? license?.id ?? license?.name).find((name) => name !== undefined), cpes: cpe === undefined ? [] : [cpe] }]),
    ...(depth < maximumNesting ? cycloneDxDrafts(inner, depth + 1) : []),
  ]);
}

function spdxDraft({ versionInfo, licenseDeclared, downloadLocation, externalRefs = [] }: z.infer<ReturnType<typeof spdxPackage>>): Draft {
  const locators = (kind: RegExp): readonly string[] => externalRefs.flatMap(({ referenceType, referenceLocator }) => (kind.test(referenceType ?? '') && referenceLocator !== undefined ? [referenceLocator] : []));
  return { purl: locators(/^purl$/)[0], version: versionInfo, licence: licenseDeclared, cpes: locators(/^cpe2[23]Type$/), downloadUrl: downloadLocation };
}

function syftDraft({ purl, version, licenses = [], cpes = [] }: z.infer<ReturnType<typeof syftArtifact>>): Draft {
  return {
    purl,
    version,
    licence: licenses.map((entry) => (typeof entry === 'string' ? entry : entry.value)).find((name) => name !== undefined),
    cpes: cpes.flatMap((entry) => (typeof entry === 'string' ? entry : (entry.cpe ?? []))),
  };
}

function tagValuePackages(content: string): readonly Draft[] {
  const drafts: { -readonly [Key in keyof Draft]: Draft[Key] }[] = [];
  for (const line of content.split(/\r?\n/)) {
    const [, tag, value = ''] = /^([A-Za-z0-9]+):[ \t]*(.*)$/.exec(line) ?? [];
    if (tag === 'PackageName' && drafts.length < maximumClaims) drafts.push({ purl: undefined, cpes: [] });
    const draft = drafts.at(-1);
    if (draft === undefined) continue;
    if (tag === 'PackageVersion') draft.version = value;
    else if (tag === 'PackageLicenseDeclared') draft.licence = value;
    else if (tag === 'PackageDownloadLocation') draft.downloadUrl = value;
    else if (tag === 'ExternalRef') {
      const [, type = '', locator] = /^[A-Z-]+ (\S+) (\S+)$/.exec(value) ?? [];
      if (type === 'purl') draft.purl = locator;
      else if (/^cpe2[23]Type$/.test(type) && locator !== undefined) draft.cpes = [...(draft.cpes ?? []), locator];
    }
  }
  return drafts;
}

function claimsOf(drafts: readonly Draft[]): readonly SbomClaim[] {
  return drafts.slice(0, maximumClaims).flatMap(({ purl, version, licence, cpes = [], downloadUrl }): readonly SbomClaim[] => {
    const parsed = purl === undefined || purl.length > 2000 ? undefined : parsePackageUrl(purl);
    const claimed = parsed?.version ?? version;
    if (purl === undefined || parsed === undefined || claimed === undefined || !isIdentifier(claimed) || !isIdentifier(parsed.name)) return [];
    const isSaid = licence !== undefined && !/^(?:NOASSERTION|NONE|)$/.test(licence);
    return [
      {
        name: parsed.name,
        version: claimed,
        packageUrl: purl.split('#', 1)[0] ?? purl,
        ...(isSaid ? { licence: licence.slice(0, 500) } : {}),
        ...(cpes.length === 0 ? {} : { cpes: cpes.filter((cpe) => cpe.length <= 500).slice(0, 20) }),
        ...(downloadUrl === undefined || !downloadUrl.startsWith('http') ? {} : { downloadUrl }),
      },
    ];
  });
}
