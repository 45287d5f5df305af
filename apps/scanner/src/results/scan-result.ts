import { formatPlatform } from '@esscm/oci-client';
import { serialiseCatalogue, type BaseImage, type Catalogue, type Component } from '@esscm/sbom';
import type { ScanOutcome } from '@esscm/scan-engine';
import { lookUpsOf } from '@esscm/scan-engine/look-ups';
import type { ScanDiagnosticRecord, ScanResultInput } from '@esscm/store';
import { matchingResult } from './matching-result.js';

/** Shown with a scan; the stored catalogue has them all. */
const maximumDiagnostics = 200;

/** A finished catalogue as the store takes it. */
export function scanResult(outcome: Extract<ScanOutcome, { kind: 'catalogued' }>): ScanResultInput {
  const { catalogue, digest, mediaType, sizeBytes, catalogueVersion, matching } = outcome;
  const { image, distribution } = catalogue;
  const distributionName = distribution?.prettyName ?? distribution?.id;
  return {
    digest,
    mediaType,
    platform: formatPlatform(image.platform),
    sizeBytes,
    catalogueVersion,
    ...(image.created === undefined ? {} : { created: image.created }),
    ...(distributionName === undefined ? {} : { distributionName }),
    ...(image.base === undefined ? {} : { base: baseOf(image.base) }),
    layers: image.layers.map((layer, index) => ({
      index,
      digest: layer.digest,
      diffId: layer.diffId,
      mediaType: layer.mediaType,
      sizeBytes: layer.sizeBytes,
      ...(layer.createdBy === undefined ? {} : { createdBy: layer.createdBy }),
    })),
    components: catalogue.components.map((component) => toComponent(component, distribution)),
    catalogue: serialiseCatalogue(catalogue),
    diagnostics: shownDiagnostics(catalogue),
    partial: catalogue.diagnostics.some((diagnostic) => diagnostic.severity === 'incomplete'),
    ...(matching === undefined ? {} : { matching: matchingResult(matching, distribution) }),
  };
}

function baseOf({ name, layerCount }: BaseImage): NonNullable<ScanResultInput['base']> {
  return { ...(name === undefined ? {} : { name }), ...(layerCount === undefined ? {} : { layerCount }) };
}

function toComponent(component: Component, distribution: Catalogue['distribution']): ScanResultInput['components'][number] {
  const { id, ecosystem, name, version, packageUrl, licences, locations, description, supplier, source, architecture, ownedBy } = component;
  return {
    id,
    ecosystem,
    name,
    version,
    packageUrl,
    licences,
    // Only a catalogue made from a document may not know a layer.
    locations: locations.map(({ path, layerDiffId = '', layerIndex = 0 }) => ({ path, layerDiffId, layerIndex })),
    lookUps: lookUpsOf(component, distribution),
    ...(architecture === undefined ? {} : { matchFacts: { architecture } }),
    ...(description === undefined ? {} : { description }),
    ...(supplier === undefined ? {} : { supplier }),
    ...(source === undefined ? {} : { sourceName: source.name, sourceVersion: source.version }),
    ...(ownedBy === undefined ? {} : { ownedBy }),
  };
}

/** Those that mean missing components first; when there are too many, the last says how many more. */
function shownDiagnostics({ diagnostics }: Catalogue): readonly ScanDiagnosticRecord[] {
  const ordered = [
    ...diagnostics.filter((diagnostic) => diagnostic.severity === 'incomplete'),
    ...diagnostics.filter((diagnostic) => diagnostic.severity === 'notice'),
  ].map(({ code, severity, message, path }) => ({ code, severity, message, ...(path === undefined ? {} : { path }) }));
  if (ordered.length <= maximumDiagnostics) return ordered;
  const shown = ordered.slice(0, maximumDiagnostics - 1);
  const hidden = ordered.length - shown.length;
  return [...shown, { code: 'more-diagnostics', severity: 'notice', message: `${hidden} more are in the stored catalogue.` }];
}
