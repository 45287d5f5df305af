import { vexJustifications } from '../vex-document.js';
import type { VexDocument, VexIdentity, VexProduct, VexStatement, VexStatus } from '../vex-document.js';
import { checkSize, checkVex, identityOfText, laterTime, vexIdentity } from '../vex-reader.js';
import type { VexOrigin } from '../vex-reader.js';
import { cycloneDxSchema, cycloneDxVulnerabilitySchema, nestedComponentSchema } from './schema.js';
import type { CycloneDxComponent, CycloneDxDocument, CycloneDxVulnerability } from './schema.js';

type State = NonNullable<NonNullable<CycloneDxVulnerability['analysis']>['state']>;

const statuses: Readonly<Record<State, VexStatus>> = {
  exploitable: 'affected',
  in_triage: 'under_investigation',
  resolved: 'fixed',
  resolved_with_pedigree: 'fixed',
  false_positive: 'not_affected',
  not_affected: 'not_affected',
};

/**
 * Reads the analyses of a CycloneDX document, on its own or with the components it speaks of. Vulnerabilities without an
 * analysis are a list, not a statement, and are passed over.
 */
export function readCycloneDxVex(json: unknown, origin: VexOrigin): VexDocument {
  const document = checkVex(cycloneDxSchema, json, 'CycloneDX', origin);
  const issued = document.metadata?.timestamp ?? '';
  const components = componentsByReference(document);
  const problems: string[] = [];
  const statements: VexStatement[] = [];
  for (const [index, candidate] of (document.vulnerabilities ?? []).entries()) {
    const parsed = cycloneDxVulnerabilitySchema.safeParse(candidate);
    if (!parsed.success) problems.push(`Vulnerability ${index + 1}: ${parsed.error.issues[0]?.path.join('.') ?? ''}: ${parsed.error.issues[0]?.message ?? ''}`);
    else statements.push(...readVulnerability(parsed.data, components, issued));
  }
  checkSize(statements, origin);
  return { format: 'cyclonedx', id: document.serialNumber ?? origin.location, author: authorOf(document), version: String(document.version ?? 1), timestamp: issued, location: origin.location, attachedTo: origin.attachedTo ?? [], statements, problems };
}

interface Components {
  readonly root: { readonly reference: string | undefined; readonly identity: VexIdentity } | undefined;
  readonly byReference: ReadonlyMap<string, VexIdentity>;
  /** The container image that a component stands inside of, where that is not the root. */
  readonly holders: ReadonlyMap<string, VexIdentity>;
}

function componentsByReference(document: CycloneDxDocument): Components {
  const byReference = new Map<string, VexIdentity>();
  const holders = new Map<string, VexIdentity>();
  const walk: { readonly candidate: unknown; readonly holder?: VexIdentity | undefined }[] = [...(document.components ?? []), ...(document.metadata?.component?.components ?? [])].map((candidate) => ({ candidate }));
  for (let at = 0; at < walk.length; at += 1) {
    const { candidate, holder } = walk[at] ?? { candidate: undefined };
    const { data } = nestedComponentSchema.safeParse(candidate);
    if (data === undefined) continue;
    const identity = identityOf(data);
    if (data['bom-ref'] !== undefined) {
      byReference.set(data['bom-ref'], identity);
      if (holder !== undefined) holders.set(data['bom-ref'], holder);
    }
    const inside = data.type === 'container' ? identity : holder;
    if (data.components != null) for (const part of data.components.slice(0, 1_000_000 - walk.length)) walk.push({ candidate: part, holder: inside });
  }
  const root = document.metadata?.component;
  return { root: root === undefined ? undefined : { reference: root['bom-ref'], identity: identityOf(root) }, byReference, holders };
}

function identityOf(component: CycloneDxComponent): VexIdentity {
  const digests = [
    ...(component.hashes ?? []).flatMap((hash) => (hash.alg === 'SHA-256' ? [`sha256:${hash.content.toLowerCase()}`] : [])),
    ...(/^sha256:[0-9a-f]{64}$/.test(component.version ?? '') ? [component.version ?? ''] : []),
  ];
  const name = component.group === undefined ? component.name : `${component.group}/${component.name ?? ''}`;
  return vexIdentity({ packageUrls: [component.purl], cpes: [component.cpe], digests, name: name ?? component['bom-ref'] ?? '' }) ?? identityOfText('');
}

function readVulnerability(vulnerability: CycloneDxVulnerability, components: Components, issued: string): VexStatement[] {
  const { analysis } = vulnerability;
  if (analysis?.state === undefined) return [];
  const status = statuses[analysis.state];
  const justification = vexJustifications.find((known) => known === analysis.justification);
  const action = vulnerability.recommendation ?? vulnerability.workaround ?? (analysis.response ?? []).map((word) => word.replaceAll('_', ' ')).join(', ');
  const impact = analysis.detail ?? (analysis.state === 'false_positive' ? 'A false positive.' : undefined);
  return [
    {
      vulnerability: vulnerability.id,
      aliases: (vulnerability.references ?? []).map((reference) => reference.id),
      status,
      ...(justification === undefined ? {} : { justification }),
      ...(impact === undefined ? {} : status === 'not_affected' ? { impact } : { notes: impact }),
      ...(action === '' ? {} : { action }),
      timestamp: laterTime(analysis.lastUpdated ?? analysis.firstIssued, vulnerability.updated) || issued,
      products: (vulnerability.affects ?? []).flatMap((affected) => readAffected(affected, status, components)),
    },
  ];
}

/** A component of the document is a part of what the document describes; other references say themselves what they name. */
function readAffected(affected: NonNullable<CycloneDxVulnerability['affects']>[number], status: VexStatus, components: Components): VexProduct[] {
  // A link into another document (BOM-Link) ends in the reference there.
  const reference = /^urn:cdx:[^#]+#(.+)$/.exec(affected.ref)?.[1];
  const name = reference === undefined ? affected.ref : decodeReference(reference);
  const known = components.byReference.get(name);
  const isRoot = components.root !== undefined && components.root.reference === name;
  const named = isRoot ? components.root.identity : (known ?? identityOfText(name));
  return versionsOf(affected, status).map((versions) => {
    const identity = versions === undefined ? named : { ...named, versions };
    const holder = components.holders.get(name);
    if (holder !== undefined) return { product: holder, subcomponent: identity };
    return known !== undefined && !isRoot && components.root !== undefined ? { product: components.root.identity, subcomponent: identity } : { product: identity };
  });
}

/** The versions a statement is about: those whose own status agrees with it, and all when none is listed. */
function versionsOf(affected: NonNullable<CycloneDxVulnerability['affects']>[number], status: VexStatus): (string | undefined)[] {
  if (affected.versions == null || affected.versions.length === 0) return [undefined];
  const wanted = status === 'not_affected' || status === 'fixed' ? ['unaffected'] : ['affected', 'unknown'];
  return affected.versions.flatMap((entry) => {
    if (entry.status !== undefined && !wanted.includes(entry.status)) return [];
    const range = entry.range ?? (entry.version === undefined ? undefined : `vers:generic/${encodeURIComponent(entry.version)}`);
    return range === undefined ? [] : [range];
  });
}

function authorOf({ metadata }: CycloneDxDocument): string {
  const actors = [metadata?.authors?.[0], metadata?.supplier, metadata?.manufacturer, metadata?.manufacture];
  return actors.flatMap((actor) => actor?.name ?? actor?.email ?? [])[0] ?? 'an unnamed author';
}

function decodeReference(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
