import { writeCsafVex } from './csaf/write-csaf-vex.js';
import { writeCycloneDxVex } from './cyclonedx/write-cyclonedx-vex.js';
import { writeOpenVex } from './open-vex/write-open-vex.js';
import type { VexFormat } from './vex-document.js';
import type { VexToWrite } from './vex-to-write.js';

/** A VEX document in one of the three formats, as JSON text that ends in a line break. The same input gives the same text. */
export function writeVex(document: VexToWrite, format: VexFormat): string {
  const writers = { openvex: writeOpenVex, csaf: writeCsafVex, cyclonedx: writeCycloneDxVex };
  return `${JSON.stringify(writers[format](document), undefined, 2)}\n`;
}
