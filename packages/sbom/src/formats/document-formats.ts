import type { Catalogue } from '../catalogue.js';
import { writeCsv } from './csv/write-csv.js';
import { writeCycloneDxJson } from './cyclonedx/write-cyclonedx-json.js';
import { writeCycloneDxXml } from './cyclonedx/write-cyclonedx-xml.js';
import type { DocumentOptions } from './document-options.js';
import { writeGithubSnapshot } from './github-snapshot/write-github-snapshot.js';
import { writeSpdx2Json } from './spdx-2/write-spdx2-json.js';
import { writeSpdx2TagValue } from './spdx-2/write-spdx2-tag-value.js';
import { writeSpdx3Json } from './spdx-3/write-spdx3.js';

/** Stable names, for commands and addresses. */
export type DocumentFormatId =
  | 'cyclonedx-1.6-json'
  | 'cyclonedx-1.7-json'
  | 'cyclonedx-1.6-xml'
  | 'cyclonedx-1.7-xml'
  | 'spdx-2.3-json'
  | 'spdx-2.3-tag-value'
  | 'spdx-3.0.1-json'
  | 'components-csv'
  | 'github-snapshot';

/** A document that a catalogue can be written as. */
export interface DocumentFormat {
  readonly id: DocumentFormatId;
  /** For people. */
  readonly label: string;
  readonly mediaType: string;
  /** Of a file name, without the dot before it. */
  readonly fileEnding: string;
  /** In pieces, UTF-8 when joined; never the whole document at once. The same arguments give the same bytes. */
  write(this: void, catalogue: Catalogue, options?: DocumentOptions): Iterable<string>;
}

/** Every format there is, the one to offer first at the beginning. A further one is a folder beside this file and a line here. */
export const documentFormats: readonly [DocumentFormat, ...DocumentFormat[]] = [
  { id: 'cyclonedx-1.6-json', label: 'CycloneDX 1.6 (JSON)', fileEnding: 'cdx.json', mediaType: 'application/vnd.cyclonedx+json; version=1.6', write: (...input) => writeCycloneDxJson('1.6', ...input) },
  { id: 'cyclonedx-1.7-json', label: 'CycloneDX 1.7 (JSON)', fileEnding: 'cdx.json', mediaType: 'application/vnd.cyclonedx+json; version=1.7', write: (...input) => writeCycloneDxJson('1.7', ...input) },
  { id: 'cyclonedx-1.6-xml', label: 'CycloneDX 1.6 (XML)', fileEnding: 'cdx.xml', mediaType: 'application/vnd.cyclonedx+xml; version=1.6', write: (...input) => writeCycloneDxXml('1.6', ...input) },
  { id: 'cyclonedx-1.7-xml', label: 'CycloneDX 1.7 (XML)', fileEnding: 'cdx.xml', mediaType: 'application/vnd.cyclonedx+xml; version=1.7', write: (...input) => writeCycloneDxXml('1.7', ...input) },
  { id: 'spdx-2.3-json', label: 'SPDX 2.3 (JSON)', fileEnding: 'spdx.json', mediaType: 'application/spdx+json', write: writeSpdx2Json },
  { id: 'spdx-2.3-tag-value', label: 'SPDX 2.3 (tag-value)', fileEnding: 'spdx', mediaType: 'text/spdx; charset=utf-8', write: writeSpdx2TagValue },
  { id: 'spdx-3.0.1-json', label: 'SPDX 3.0.1 (JSON-LD)', fileEnding: 'spdx3.json', mediaType: 'application/spdx+json', write: writeSpdx3Json },
  { id: 'components-csv', label: 'Components (CSV)', fileEnding: 'csv', mediaType: 'text/csv; charset=utf-8', write: writeCsv },
  { id: 'github-snapshot', label: 'GitHub dependency snapshot (JSON)', fileEnding: 'github.json', mediaType: 'application/json', write: writeGithubSnapshot },
];
