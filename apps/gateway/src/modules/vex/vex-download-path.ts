import type { VexFormat } from '@esscm/vulnerabilities';

/** A format that VEX documents are given out in. */
export interface VexDownloadFormat {
  readonly id: VexFormat;
  /** For people. */
  readonly label: string;
  readonly fileEnding: string;
}

export const vexDownloadFormats: readonly VexDownloadFormat[] = [
  { id: 'openvex', label: 'OpenVEX', fileEnding: 'openvex.json' },
  { id: 'csaf', label: 'CSAF VEX', fileEnding: 'csaf.json' },
  { id: 'cyclonedx', label: 'CycloneDX VEX', fileEnding: 'vex.cdx.json' },
];

/** Address of a VEX document about one image or one version of a project. */
export function vexDownloadPath(of: { readonly imageId: string } | { readonly projectVersionId: string }, format: VexFormat): string {
  const about = 'imageId' in of ? `images/${encodeURIComponent(of.imageId)}` : `project-versions/${encodeURIComponent(of.projectVersionId)}`;
  return `/api/${about}/vex?format=${format}`;
}
