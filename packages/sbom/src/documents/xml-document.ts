import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Library from 'libxml2-wasm';
import { DocumentError, maximumProblems, type DocumentProblem } from './document-error.js';

const require = createRequire(import.meta.url);
const schemaFolder = path.join(path.dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema');

/** Versions whose official XML schema is at hand. */
export const cycloneDxXmlVersions: readonly string[] = ['1.2', '1.3', '1.4', '1.5', '1.6', '1.7'];

/** An element as readers want it: no comments, no instructions, no foreign namespaces. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** Of an element without children, as written. */
  readonly text: string;
}

interface ReadXml {
  readonly root: XmlNode;
  readonly namespace: string;
  /** Where the root element stands. */
  readonly line: number;
  /** Places where the document breaks the schema of its namespace; none when it is valid, or there is no schema. */
  readonly problems: readonly DocumentProblem[];
}

/**
 * Parses a CycloneDX XML document and holds it against the official schema of the version its namespace names.
 * @throws DocumentError when it is not well-formed, nested too deep or declares a document type
 */
export async function readXmlDocument(bytes: Uint8Array, text: string, maximumDepth: number): Promise<ReadXml> {
  // Entities are how a small document becomes a large one or reads files; CycloneDX has no document type at all.
  const start = afterProlog(text);
  if (/^<!DOCTYPE/i.test(text.slice(start, start + 10))) {
    throw new DocumentError('invalid-document', 'The document declares a document type, which is refused', 'Remove the DOCTYPE: no CycloneDX document has one.', [
      { place: `line ${text.slice(0, start).split('\n').length}`, message: 'Here the document type is declared.' },
    ]);
  }
  const library = await import('libxml2-wasm');
  using document = parse(library, bytes);
  const root = read(library, document.root, maximumDepth);
  const namespace = document.root.namespaceUri;
  const version = /^http:\/\/cyclonedx\.org\/schema\/bom\/(\d\.\d)$/.exec(namespace)?.[1];
  const problems = version === undefined || !cycloneDxXmlVersions.includes(version) ? [] : validate(library, document, version);
  return { root, namespace, line: document.root.line, problems };
}

/** The library is loaded with the first XML document: it takes longer to start than most documents to read. */
type LibraryModule = typeof Library;

function parse(library: LibraryModule, bytes: Uint8Array): Library.XmlDocument {
  try {
    return library.XmlDocument.fromBuffer(bytes, { option: library.ParseOption.XML_PARSE_NONET | library.ParseOption.XML_PARSE_BIG_LINES });
  } catch (cause) {
    if (!(cause instanceof library.XmlParseError)) throw cause;
    throw new DocumentError('invalid-document', 'The document is not well-formed XML', 'It may have been cut off. Make it again with the program that wrote it.', problemsOf(cause), cause);
  }
}

function validate(library: LibraryModule, document: Library.XmlDocument, version: string): readonly DocumentProblem[] {
  const spdx = readFileSync(path.join(schemaFolder, 'spdx.SNAPSHOT.xsd'));
  const imports = new library.XmlBufferInputProvider({ 'spdx.SNAPSHOT.xsd': spdx, 'http://cyclonedx.org/schema/spdx': spdx });
  library.xmlRegisterInputProvider(imports);
  try {
    using schema = library.XmlDocument.fromBuffer(readFileSync(path.join(schemaFolder, `bom-${version}.SNAPSHOT.xsd`)));
    using validator = library.XsdValidator.fromDoc(schema);
    validator.validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof library.XmlValidateError)) throw error;
    return problemsOf(error);
  } finally {
    library.xmlCleanupInputProvider();
  }
}

function problemsOf({ details }: { readonly details: readonly { readonly message: string; readonly line: number }[] }): readonly DocumentProblem[] {
  return details.slice(0, maximumProblems).map(({ message, line }) => ({ place: `line ${line}`, message: readable(message) }));
}

/** Without namespaces in braces, and without the whole list of values that are allowed. */
function readable(message: string): string {
  return message
    .replaceAll(/\{[^{}\s]*\}/g, '')
    .replace(/(is not an element of the set) \{.{200,}\}\./s, '$1 that the specification lists.')
    .trim();
}

function read(library: LibraryModule, element: Library.XmlElement, depthLeft: number): XmlNode {
  if (depthLeft === 0) throw new DocumentError('invalid-document', 'The document is nested too deep', 'Real SBOM documents are not. Make it again with the program that wrote it.');
  const children: XmlNode[] = [];
  for (let child = element.firstChild; child !== null; child = child.next) {
    if (child instanceof library.XmlElement && child.namespaceUri === element.namespaceUri) children.push(read(library, child, depthLeft - 1));
  }
  const attributes = Object.fromEntries(element.attrs.map(({ name, content }) => [name, content]));
  return { name: element.name, attributes, children, text: children.length === 0 ? element.content : '' };
}

/** Position of the first thing that is no white space, comment or instruction. */
function afterProlog(text: string): number {
  let at = 0;
  for (;;) {
    const next = text.slice(at).search(/\S/);
    if (next < 0) return text.length;
    at += next;
    const ending = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : undefined;
    const end = ending === undefined ? -1 : text.indexOf(ending, at);
    if (ending === undefined || end < 0) return at;
    at = end + ending.length;
  }
}
