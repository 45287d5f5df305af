import { cycloneDxFromXml } from '../formats/cyclonedx/cyclonedx-xml-model.js';
import { readCycloneDx } from '../formats/cyclonedx/read-cyclonedx.js';
import { parseTagValue } from '../formats/spdx-2/parse-tag-value.js';
import { readSpdx2 } from '../formats/spdx-2/read-spdx2.js';
import { readSpdx3 } from '../formats/spdx-3/read-spdx3.js';
import { DocumentError, type DocumentProblem } from './document-error.js';
import { defaultDocumentLimits, type DocumentLimits } from './document-limits.js';
import { cycloneDxJsonProblems, cycloneDxJsonVersions, spdx2Problems, spdx2Versions, spdx3Problems } from './json-schemas.js';
import { parseJson } from './parse-json.js';
import { referenceProblems } from './reference-problems.js';
import type { SbomDocument } from './sbom-document.js';
import { unwrapStatement } from './unwrap-statement.js';
import { cycloneDxXmlVersions, readXmlDocument } from './xml-document.js';

/** A document whose form could be read, and where it breaks the rules of its format. */
export interface CheckedDocument {
  readonly document: SbomDocument;
  /** By the official schema and the uniqueness of references; none when the document is valid. */
  readonly problems: readonly DocumentProblem[];
  /** References that lead nowhere, which no schema sees. */
  readonly dangling: readonly DocumentProblem[];
}

/**
 * Reads an SBOM document of any format and version known here: CycloneDX 1.2 to 1.7 as JSON or XML, SPDX 2.2 and 2.3 as JSON or
 * tag-value, SPDX 3.0.1 as JSON-LD; also inside an in-toto statement.
 * @throws DocumentError of code `unknown-document` or `invalid-document`, naming the places that break the official schema
 */
export async function readDocument(bytes: Uint8Array, limits: DocumentLimits = defaultDocumentLimits): Promise<SbomDocument> {
  const { document, problems } = await checkDocument(bytes, limits);
  if (problems.length > 0) {
    throw new DocumentError('invalid-document', `The document breaks the rules of ${document.specification} ${document.version}`, 'Have it made again by a newer version of the program that wrote it.', problems);
  }
  return document;
}

/** {@link readDocument}, with the problems told instead of thrown where the document can be read in spite of them. */
export async function checkDocument(bytes: Uint8Array, limits: DocumentLimits = defaultDocumentLimits): Promise<CheckedDocument> {
  const text = textOf(bytes, limits.maximumBytes);
  const start = text.trimStart();
  if (start.startsWith('<')) return checkXml(bytes, text, limits);
  if (start.startsWith('{')) return checkJson(unwrapStatement(parseJson(bytes, text, limits.maximumDepth), limits.maximumDepth));
  if (/^(?:#.*\r?\n|\s)*SPDXVersion:/.test(text)) return checkTagValue(text);
  throw unknown('The text is none of the forms SBOM documents have');
}

function textOf(bytes: Uint8Array, maximumBytes: number): string {
  if (bytes.byteLength > maximumBytes) {
    throw new DocumentError('invalid-document', `The document has more than ${Math.floor(maximumBytes / 1024 / 1024)} MiB`, 'Have it made without the list of files, which few readers need.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new DocumentError('unknown-document', 'The document is no UTF-8 text', 'Give the SBOM document itself, unpacked.', [], cause);
  }
}

function unknown(message: string, remedy = 'Give a CycloneDX document (JSON or XML) or an SPDX document (JSON, JSON-LD or tag-value).', place?: string): DocumentError {
  return new DocumentError('unknown-document', message, remedy, place === undefined ? [] : [{ place, message: 'Here the version is named.' }]);
}

function checkJson(parsed: unknown): CheckedDocument {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw unknown('The JSON is no SBOM document');
  const source: Readonly<Record<string, unknown>> = { ...parsed };
  const { bomFormat, specVersion, spdxVersion } = source;
  if (bomFormat !== undefined || specVersion !== undefined) return checkCycloneDx(source);
  if (spdxVersion !== undefined) return checkSpdx2(source, 'json');
  if ('@graph' in source || '@context' in source) {
    return checked(spdx3Problems(source), () => readSpdx3(source), 'SPDX 3.0.1');
  }
  if ('artifacts' in source && 'descriptor' in source) throw unknown('This is syft’s own format', 'Have syft write it as CycloneDX or SPDX: syft convert FILE -o cyclonedx-json.');
  if ('SchemaVersion' in source && 'ArtifactName' in source) throw unknown('This is a report of trivy', 'Have trivy write it as CycloneDX or SPDX: trivy convert --format cyclonedx FILE.');
  throw unknown('The JSON is no SBOM document');
}

function checkCycloneDx(source: Readonly<Record<string, unknown>>): CheckedDocument {
  const version = String(source['specVersion']);
  if (!cycloneDxJsonVersions.includes(version)) throw unknown(`CycloneDX ${version} is not known here`, `The JSON versions ${cycloneDxJsonVersions.join(', ')} are.`, '/specVersion');
  return checked(cycloneDxJsonProblems(version, source), () => readCycloneDx(source, 'json'), `CycloneDX ${version}`, () => referenceProblems(source));
}

function checkSpdx2(source: Readonly<Record<string, unknown>>, encoding: 'json' | 'tag-value'): CheckedDocument {
  const version = String(source['spdxVersion']).replace(/^SPDX-/, '');
  if (!spdx2Versions.includes(version)) throw unknown(`SPDX ${version} is not known here`, `The versions ${spdx2Versions.join(', ')} and 3.0.1 are.`, '/spdxVersion');
  return checked(spdx2Problems(version, source), () => readSpdx2(source, encoding), `SPDX ${version}`, () => referenceProblems(source));
}

function checkTagValue(text: string): CheckedDocument {
  const { document, lines } = parseTagValue(text);
  const atLine = ({ place, message }: DocumentProblem): DocumentProblem => {
    const [start] = [place, place.split('/').slice(0, 3).join('/'), ''].filter((pointer) => lines.has(pointer));
    return { place: `line ${lines.get(start ?? '') ?? 1}`, message: `${place.split('/').slice(3).join('/')} ${message}`.trim() };
  };
  const result = catching(() => checkSpdx2(document, 'tag-value'), atLine);
  return { ...result, problems: result.problems.map(atLine), dangling: result.dangling.map(atLine) };
}

async function checkXml(bytes: Uint8Array, text: string, { maximumXmlBytes, maximumDepth }: DocumentLimits): Promise<CheckedDocument> {
  if (bytes.byteLength > maximumXmlBytes) {
    throw new DocumentError('invalid-document', `The document has more than ${Math.floor(maximumXmlBytes / 1024 / 1024)} MiB, the most that is read of XML`, 'Have it written as JSON.');
  }
  const { root, namespace, line, problems } = await readXmlDocument(bytes, text, maximumDepth);
  if (root.name === 'RDF') throw unknown('SPDX as RDF/XML is not known here', 'Have it written as JSON or tag-value.');
  const version = /^http:\/\/cyclonedx\.org\/schema\/bom\/(.+)$/.exec(namespace)?.[1];
  if (root.name !== 'bom' || version === undefined) throw unknown('The XML is no CycloneDX document');
  if (!cycloneDxXmlVersions.includes(version)) throw unknown(`CycloneDX ${version} is not known here`, `The XML versions ${cycloneDxXmlVersions.join(', ')} are.`, `line ${line}`);
  const source = cycloneDxFromXml(root, version);
  return checked(problems, () => readCycloneDx(source, 'xml'), `CycloneDX ${version}`, () => referenceProblems(source));
}

/** A document that breaks its schema may still be readable; when it is not, the schema's own words say why. */
function checked(problems: readonly DocumentProblem[], read: () => SbomDocument, name: string, references: () => ReturnType<typeof referenceProblems> = () => ({ duplicates: [], dangling: [] })): CheckedDocument {
  try {
    const document = read();
    const { duplicates, dangling } = references();
    return { document, problems: problems.length > 0 ? problems : duplicates, dangling };
  } catch (cause) {
    throw new DocumentError('invalid-document', `The document breaks the rules of ${name}`, 'Have it made again by a newer version of the program that wrote it.', problems, cause);
  }
}

function catching(check: () => CheckedDocument, atLine: (problem: DocumentProblem) => DocumentProblem): CheckedDocument {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new DocumentError(error.code, error.message, error.remedy, error.problems.map(atLine), error.cause);
  }
}
