import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { stableJson } from '../formats/stable-json.js';
import { maximumProblems, type DocumentProblem } from './document-error.js';

const require = createRequire(import.meta.url);
const cycloneDxFolder = path.join(path.dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema');
const spdxFolder = path.join(import.meta.dirname, '../../schemas');

/** Versions whose official JSON schema is at hand. */
export const cycloneDxJsonVersions: readonly string[] = ['1.2', '1.3', '1.4', '1.5', '1.6', '1.7'];
export const spdx2Versions: readonly string[] = ['2.2', '2.3'];

const validators = new Map<string, ValidateFunction>();

/** Places where a document breaks the official schema of its version; none when it is valid. */
export function cycloneDxJsonProblems(version: string, document: unknown): readonly DocumentProblem[] {
  return problems(`cyclonedx ${version}`, document, () => {
    const ajv = withChecks(new Ajv({ strict: false, allErrors: false }));
    // The library keeps these beside the schemas that refer to them, under names of its own.
    for (const shared of ['spdx', 'jsf-0.82', 'cryptography-defs'].map((name) => `${name}.SNAPSHOT.schema.json`)) {
      ajv.addSchema(readSchema(path.join(cycloneDxFolder, shared)), `http://cyclonedx.org/schema/${shared}`);
    }
    return ajv.compile(readSchema(path.join(cycloneDxFolder, `bom-${version}.SNAPSHOT.schema.json`)));
  });
}

/** As {@link cycloneDxJsonProblems}, for SPDX 2. */
export function spdx2Problems(version: string, document: unknown): readonly DocumentProblem[] {
  return problems(`spdx ${version}`, document, () => {
    const schema = readSchema(path.join(spdxFolder, `spdx-schema-v${version}.json`));
    return version === '2.2' ? withChecks(new Ajv({ strict: false })).compile(withPackageManager(schema)) : withChecks(new Ajv2019({ strict: false })).compile(schema);
  });
}

/** As {@link cycloneDxJsonProblems}, for SPDX 3.0.1. */
export function spdx3Problems(document: unknown): readonly DocumentProblem[] {
  return problems('spdx 3.0.1', document, () => withChecks(new Ajv2020({ strict: false })).compile(readSchema(path.join(spdxFolder, 'spdx-schema-v3.0.1.json'))));
}

function problems(name: string, document: unknown, compile: () => ValidateFunction): readonly DocumentProblem[] {
  const validate = validators.get(name) ?? compile();
  validators.set(name, validate);
  return validate(document) ? [] : deepest(validate.errors ?? []);
}

function readSchema(file: string): object {
  return z.looseObject({}).parse(JSON.parse(readFileSync(file, 'utf8')));
}

/**
 * The schema of SPDX 2.2 has only `PACKAGE_MANAGER` for what section 3.21 of its specification calls `PACKAGE-MANAGER`; that of
 * 2.3 takes both.
 */
function withPackageManager(schema: object): object {
  return z.looseObject({}).parse(JSON.parse(JSON.stringify(schema).replaceAll('"PACKAGE_MANAGER"', '"PACKAGE_MANAGER","PACKAGE-MANAGER"')));
}

function withChecks<Instance extends Ajv | Ajv2019 | Ajv2020>(ajv: Instance): Instance {
  addFormats.default(ajv, { mode: 'full' });
  ajv.addFormat('iri-reference', (text) => URL.canParse(text, 'https://example.org/'));
  ajv.addFormat('idn-email', /^[^\s@]+@[^\s@]+$/);
  // Ajv compares every pair of objects, which takes hours for the components of a large document.
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({ keyword: 'uniqueItems', type: 'array', schemaType: 'boolean', validate: (wanted: boolean, items: readonly unknown[]) => !wanted || new Set(items.map(stableJson)).size === items.length, error: { message: 'must not hold the same item twice' } });
  return ajv;
}

/** The errors that lie deepest say what is wrong; those above them only that one of several alternatives would have had to fit. */
function deepest(errors: readonly ErrorObject[]): readonly DocumentProblem[] {
  const depth = (error: ErrorObject): number => error.instancePath.split('/').length;
  const most = Math.max(...errors.map(depth));
  const named = errors.filter((error) => depth(error) === most && error.keyword !== 'if').map((error) => ({ place: error.instancePath, message: describe(error) }));
  return [...new Map(named.map((problem) => [stableJson(problem), problem])).values()].slice(0, maximumProblems);
}

function describe({ message = 'is not allowed', params }: ErrorObject): string {
  const { allowedValues, additionalProperty, unevaluatedProperty, allowedValue }: Record<string, unknown> = params;
  const unexpected = additionalProperty ?? unevaluatedProperty;
  if (typeof unexpected === 'string') return `must not have the property ${JSON.stringify(unexpected)}`;
  if (allowedValue !== undefined) return `must be ${JSON.stringify(allowedValue)}`;
  if (Array.isArray(allowedValues)) return allowedValues.length > 20 ? 'is none of the values the specification lists' : `must be one of ${allowedValues.join(', ')}`;
  return message;
}
