import { DocumentError } from '../../documents/document-error.js';

type Members = Record<string, unknown>;

interface ParsedTagValue {
  /** In the shape of the JSON form. */
  readonly document: Readonly<Members>;
  /** First line of the document, and of each package, file, snippet and licence, by JSON pointer. */
  readonly lines: ReadonlyMap<string, number>;
}

/** Tags of one value in a package, and their members in the JSON form. */
const packageTags: Readonly<Record<string, string>> = {
  PackageVersion: 'versionInfo',
  PackageFileName: 'packageFileName',
  PackageSupplier: 'supplier',
  PackageOriginator: 'originator',
  PackageDownloadLocation: 'downloadLocation',
  PackageHomePage: 'homepage',
  PackageSourceInfo: 'sourceInfo',
  PackageLicenseConcluded: 'licenseConcluded',
  PackageLicenseDeclared: 'licenseDeclared',
  PackageLicenseComments: 'licenseComments',
  PackageCopyrightText: 'copyrightText',
  PackageSummary: 'summary',
  PackageDescription: 'description',
  PackageComment: 'comment',
  PrimaryPackagePurpose: 'primaryPackagePurpose',
  BuiltDate: 'builtDate',
  ReleaseDate: 'releaseDate',
  ValidUntilDate: 'validUntilDate',
};

/** Tags of a file, and their members in the JSON form; those that may be repeated are lists. */
const fileTags: Readonly<Record<string, string>> = { LicenseConcluded: 'licenseConcluded', LicenseComments: 'licenseComments', FileCopyrightText: 'copyrightText', FileComment: 'comment', FileNotice: 'noticeText' };
const fileLists: Readonly<Record<string, string>> = { FileType: 'fileTypes', LicenseInfoInFile: 'licenseInfoInFiles', FileContributor: 'fileContributors', FileAttributionText: 'attributionTexts' };

const documentTags: Readonly<Record<string, string>> = { SPDXVersion: 'spdxVersion', DataLicense: 'dataLicense', DocumentName: 'name', DocumentNamespace: 'documentNamespace', DocumentComment: 'comment' };

/**
 * Parses the tag-value form of SPDX 2.2 and 2.3 into the shape of its JSON form. Of files and snippets only the ids are kept.
 * @throws DocumentError naming the line that is no tag, or where a text is left open
 */
export function parseTagValue(text: string): ParsedTagValue {
  const reader = new TagValueReader();
  for (const { name, value, line } of tagsOf(text)) reader.take(name, value, line);
  return { document: reader.document, lines: reader.lines };
}

interface Tag {
  readonly name: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

function* tagsOf(text: string): Generator<Tag> {
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, name, first = ''] = /^\s*([A-Za-z][\w-]*):\s?(.*)$/.exec(line) ?? [];
    if (name === undefined) throw broken(index + 1, 'Here a tag, a colon and a value were expected.');
    if (!first.trimStart().startsWith('<text>')) {
      yield { name, value: first.trim(), line: index + 1 };
      continue;
    }
    const parts = [first.trimStart().slice('<text>'.length)];
    const start = index + 1;
    while (!(parts.at(-1) ?? '').includes('</text>')) {
      index += 1;
      if (index >= lines.length) throw broken(start, 'The text that begins here has no end.');
      parts.push(lines[index] ?? '');
    }
    const value = parts.join('\n');
    yield { name, value: value.slice(0, value.indexOf('</text>')), line: start };
  }
}

function broken(line: number, message: string): DocumentError {
  return new DocumentError('invalid-document', 'The document is no well-formed SPDX tag-value text', 'It may have been cut off. Make it again with the program that wrote it.', [{ place: `line ${line}`, message }]);
}

class TagValueReader {
  readonly document: Members = {};
  readonly lines = new Map<string, number>([['', 1]]);
  readonly #creators: string[] = [];
  #element: Members = this.document;
  #annotation: Members | undefined;
  readonly #byId = new Map<string, Members>();

  take(name: string, value: string, line: number): void {
    switch (name) {
      case 'PackageName':
        return this.#open('packages', { name: value }, line);
      case 'FileName':
        return this.#open('files', { fileName: value }, line);
      case 'SnippetSPDXID':
        return this.#open('snippets', { SPDXID: value }, line);
      case 'LicenseID':
        return this.#open('hasExtractedLicensingInfos', { licenseId: value }, line);
      case 'SPDXID':
        this.#element['SPDXID'] = value;
        this.#byId.set(value, this.#element);
        return;
      case 'Relationship':
        return this.#relationship(value, line);
      case 'Annotator':
        this.#annotation = { annotator: value };
        return;
      case 'AnnotationDate':
      case 'AnnotationType':
      case 'AnnotationComment':
      case 'SPDXREF':
        return this.#annotate(name, value);
      default:
        if (name in documentTags) this.document[documentTags[name] ?? ''] = value;
        else this.#detail(name, value);
    }
  }

  #open(list: string, element: Members, line: number): void {
    const elements = listOf(this.document, list);
    this.lines.set(`/${list}/${elements.length}`, line);
    elements.push(element);
    this.#element = element;
  }

  #detail(name: string, value: string): void {
    const element = this.#element;
    switch (name) {
      case 'Creator':
        this.#creators.push(value);
        this.#creation('creators', this.#creators);
        return;
      case 'Created':
        return this.#creation('created', value);
      case 'CreatorComment':
        return this.#creation('comment', value);
      case 'LicenseListVersion':
        return this.#creation('licenseListVersion', value);
      case 'ExternalDocumentRef': {
        const [externalDocumentId = '', spdxDocument = '', algorithm = '', checksumValue = ''] = value.split(/\s+/);
        listOf(this.document, 'externalDocumentRefs').push({ externalDocumentId, spdxDocument, checksum: { algorithm: algorithm.replace(/:$/, ''), checksumValue } });
        return;
      }
      case 'ExtractedText':
        element['extractedText'] = value;
        return;
      case 'LicenseName':
        if ('licenseId' in element) element['name'] = value;
        return;
      default:
        if ('fileName' in element) this.#fileDetail(element, name, value);
        else if (this.#isPackage) this.#packageDetail(element, name, value);
        else if (name.startsWith('Snippet')) this.#snippetDetail(element, name, value);
    }
  }

  get #isPackage(): boolean {
    return this.#element !== this.document && 'name' in this.#element && !('licenseId' in this.#element);
  }

  #fileDetail(element: Members, name: string, value: string): void {
    const member = fileTags[name];
    const list = fileLists[name];
    if (member !== undefined) element[member] = value;
    else if (list !== undefined) listOf(element, list).push(value);
    else if (name === 'FileChecksum') listOf(element, 'checksums').push(checksumOf(value));
  }

  #snippetDetail(element: Members, name: string, value: string): void {
    const [start, end] = value.split(':').map(Number);
    if (name === 'SnippetFromFileSPDXID') element['snippetFromFile'] = value;
    else if (name === 'SnippetCopyrightText') element['copyrightText'] = value;
    else if (name === 'SnippetLicenseConcluded') element['licenseConcluded'] = value;
    else if (name === 'SnippetName') element['name'] = value;
    else if (name === 'SnippetByteRange' || name === 'SnippetLineRange') {
      const unit = name === 'SnippetByteRange' ? 'offset' : 'lineNumber';
      const reference = element['snippetFromFile'];
      listOf(element, 'ranges').push({ startPointer: { [unit]: start, reference }, endPointer: { [unit]: end, reference } });
    }
  }

  #packageDetail(element: Members, name: string, value: string): void {
    const member = packageTags[name];
    if (member !== undefined) {
      element[member] = value;
      return;
    }
    if (name === 'FilesAnalyzed') element['filesAnalyzed'] = value.toLowerCase() === 'true';
    else if (name === 'PackageChecksum') {
      listOf(element, 'checksums').push(checksumOf(value));
    } else if (name === 'ExternalRef') {
      const [referenceCategory = '', referenceType = '', ...locator] = value.split(/\s+/);
      listOf(element, 'externalRefs').push({ referenceCategory, referenceType, referenceLocator: locator.join(' ') });
    } else if (name === 'PackageAttributionText') listOf(element, 'attributionTexts').push(value);
  }

  #creation(member: string, value: unknown): void {
    this.document['creationInfo'] = { ...(this.document['creationInfo'] as object | undefined), [member]: value };
  }

  #relationship(value: string, line: number): void {
    const [spdxElementId, relationshipType, relatedSpdxElement] = value.split(/\s+/);
    if (spdxElementId === undefined || relationshipType === undefined || relatedSpdxElement === undefined) throw broken(line, 'A relationship has two ids with a type between them.');
    listOf(this.document, 'relationships').push({ spdxElementId, relationshipType, relatedSpdxElement });
  }

  #annotate(name: string, value: string): void {
    const annotation = this.#annotation;
    if (annotation === undefined) return;
    if (name === 'SPDXREF') {
      listOf(this.#byId.get(value) ?? this.document, 'annotations').push(annotation);
      return;
    }
    annotation[`${name.charAt(0).toLowerCase()}${name.slice(1)}`.replace('annotationComment', 'comment')] = value;
  }
}

function checksumOf(value: string): Members {
  const [algorithm = '', checksumValue = ''] = value.split(/:\s*/);
  return { algorithm, checksumValue };
}

function listOf(element: Members, member: string): unknown[] {
  const list = element[member];
  if (Array.isArray(list)) return list;
  const created: unknown[] = [];
  element[member] = created;
  return created;
}
