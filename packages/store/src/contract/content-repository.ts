import type { SeverityCounts } from '../finding-records.js';
import type { ComponentRecord, ContentLayerRecord, ContentRecord, LayerFindingsRecord, LicenceCountRecord, ListedComponentRecord, Page, PageRequest } from '../records.js';

export interface ComponentFilter {
  /** Part of the name or the package URL. */
  readonly search?: string;
  readonly ecosystem?: string;
  readonly layerIndex?: number;
  /** SPDX expression, or as declared; empty for components that declare none. */
  readonly licence?: string;
}

/** What components are listed by; among equals, and for `name`, by name, then version, then id. */
export interface ComponentOrder {
  /**
   * `version`: numbers by value; `licence`: those that declare none last; `layer`: the base first;
   * `findings`: those with the most critical, then high, medium and low findings first.
   */
  readonly by: 'name' | 'version' | 'type' | 'licence' | 'layer' | 'findings';
  readonly reversed?: boolean;
}

export interface ContentRepository {
  find(organizationId: string, id: string): Promise<ContentRecord | undefined>;
  findMany(organizationId: string, ids: readonly string[]): Promise<readonly ContentRecord[]>;
  /** The stored content for a digest made by this catalogue version, if any: nothing needs to be pulled then. */
  findByDigest(organizationId: string, digest: string, catalogueVersion: string): Promise<ContentRecord | undefined>;
  layers(organizationId: string, contentId: string): Promise<readonly ContentLayerRecord[]>;
  components(organizationId: string, contentId: string, filter: ComponentFilter, page: PageRequest, order?: ComponentOrder): Promise<Page<ListedComponentRecord>>;
  /** What each layer brings in, the base first; layers without findings are left out, and so is all before the first match. */
  findingsByLayer(organizationId: string, contentId: string): Promise<readonly LayerFindingsRecord[]>;
  /** Findings of each component that has any, those that are hidden left out. */
  findingsByComponent(organizationId: string, contentId: string): Promise<readonly { readonly componentId: string; readonly counts: SeverityCounts }[]>;
  countComponents(organizationId: string, contentId: string, filter: ComponentFilter): Promise<number>;
  countByEcosystem(organizationId: string, contentId: string): Promise<readonly { readonly ecosystem: string; readonly count: number }[]>;
  /** Those of the ids that there are. */
  findComponents(organizationId: string, contentId: string, ids: readonly string[]): Promise<readonly ComponentRecord[]>;
  /** Components by licence, most first; an entry without a licence counts those that declare none. A component with two is in both. */
  countByLicence(organizationId: string, contentId: string): Promise<readonly LicenceCountRecord[]>;
  readCatalogue(organizationId: string, contentId: string): Promise<string | undefined>;
}
