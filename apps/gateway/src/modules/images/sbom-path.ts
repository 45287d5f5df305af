/** Formats a stored catalogue can be downloaded in: name in the address, label for people, ending of the file name. */
export const sbomFormats = [
  { format: 'cyclonedx-1.6-json', label: 'CycloneDX 1.6 (JSON)', fileEnding: 'cdx.json', mediaType: 'application/vnd.cyclonedx+json; version=1.6' },
  { format: 'spdx-2.3-json', label: 'SPDX 2.3 (JSON)', fileEnding: 'spdx.json', mediaType: 'application/spdx+json' },
] as const;

export type SbomFormat = (typeof sbomFormats)[number]['format'];

/** Address of a document on this server. */
export function sbomPath(imageId: string, format: SbomFormat): string {
  return `/api/images/${encodeURIComponent(imageId)}/sbom?format=${format}`;
}
