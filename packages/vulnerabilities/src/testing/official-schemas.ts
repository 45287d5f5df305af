import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const folder = path.join(import.meta.dirname, '../../../../../shared/schemas');

/** True when the official schemas lie beside the repository; for tests. */
export const hasOfficialSchemas = existsSync(folder);

const files = { openvex: 'openvex/openvex_json_schema.json', csaf: 'csaf/csaf_json_schema.json', cyclonedx: 'cyclonedx/bom-1.6.schema.json', sarif: 'sarif/sarif-schema-2.1.0.json' } as const;

/** What a document breaks of the official schema of its format, one line each; for tests. */
export function schemaViolations(format: keyof typeof files, document: unknown): string[] {
  const schema = read(files[format]);
  const options = { strict: false, allErrors: true, validateFormats: true } as const;
  const ajv = String(schema['$schema']).includes('2020-12') ? new Ajv2020(options) : new Ajv(options);
  addFormats.default(ajv);
  ajv.addFormat('iri', (text) => URL.canParse(text)).addFormat('iri-reference', (text) => URL.canParse(text, 'https://example.org/')).addFormat('idn-email', true);
  if (format === 'cyclonedx') ajv.addSchema(read('cyclonedx/spdx.schema.json')).addSchema(read('cyclonedx/jsf-0.82.schema.json'));
  if (format === 'csaf') for (const version of ['2.0', '3.0', '3.1']) ajv.addSchema({ $id: `https://www.first.org/cvss/cvss-v${version}.json` });
  // SARIF's schema is of draft 4, which differs from draft 7 in how a schema calls itself, and in nothing it uses.
  const { id, $schema: _draft, ...rest } = schema;
  const validate = ajv.compile(typeof id === 'string' ? { ...rest, $id: id } : format === 'sarif' ? rest : schema);
  validate(document);
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}

function read(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
}
