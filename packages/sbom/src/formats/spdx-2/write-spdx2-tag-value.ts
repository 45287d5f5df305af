import type { Catalogue } from '../../catalogue.js';
import { withContentUuidOnce } from '../content-identifier.js';
import type { DocumentOptions } from '../document-options.js';
import { documentId, spdx2Document, type Spdx2Document } from './spdx2-document.js';
import type { Spdx2Annotation, Spdx2ExtractedLicence, Spdx2Package } from './spdx2-model.js';

/** Writes the document that {@link writeSpdx2Json} writes in SPDX 2.3's tag-value form, the tags in the order of the specification. */
export function writeSpdx2TagValue(catalogue: Catalogue, options: DocumentOptions = {}): Iterable<string> {
  return withContentUuidOnce((uuid) => tagValueChunks(spdx2Document(catalogue, options), uuid));
}

function* tagValueChunks(document: Spdx2Document, uuid: string): Generator<string> {
  const { created, creators, comment } = document.creationInfo;
  yield tags([
    ['SPDXVersion', 'SPDX-2.3'],
    ['DataLicense', 'CC0-1.0'],
    ['SPDXID', documentId],
    ['DocumentName', document.name],
    ['DocumentNamespace', `urn:uuid:${uuid}`],
    ...creators.map((creator) => ['Creator', creator] as const),
    ['Created', created],
    ['CreatorComment', comment === undefined ? undefined : text(comment)],
    ...annotationTags(document.annotations, documentId),
  ]);
  for (const spdxPackage of document.packages) yield `\n${packageTags(spdxPackage)}`;
  for (const licence of document.extracted()) yield `\n${licenceTags(licence)}`;
  let separator = '\n';
  for (const { spdxElementId, relationshipType, relatedSpdxElement } of document.relationships) {
    yield `${separator}Relationship: ${spdxElementId} ${relationshipType} ${relatedSpdxElement}\n`;
    separator = '';
  }
}

function packageTags(spdx: Spdx2Package): string {
  return tags([
    ['PackageName', spdx.name],
    ['SPDXID', spdx.SPDXID],
    ['PackageVersion', spdx.versionInfo],
    ['PackageSupplier', spdx.supplier],
    ['PackageDownloadLocation', spdx.downloadLocation],
    ['FilesAnalyzed', spdx.filesAnalyzed === false ? 'false' : undefined],
    ...(spdx.checksums ?? []).map(({ algorithm, checksumValue }) => ['PackageChecksum', `${algorithm}: ${checksumValue}`] as const),
    ['PackageHomePage', spdx.homepage],
    ['PackageSourceInfo', spdx.sourceInfo === undefined ? undefined : text(spdx.sourceInfo)],
    ['PackageLicenseConcluded', spdx.licenseConcluded],
    ['PackageLicenseDeclared', spdx.licenseDeclared],
    ['PackageCopyrightText', spdx.copyrightText === 'NOASSERTION' || spdx.copyrightText === undefined ? spdx.copyrightText : text(spdx.copyrightText)],
    ['PackageDescription', spdx.description === undefined ? undefined : text(spdx.description)],
    ['PackageComment', spdx.comment === undefined ? undefined : text(spdx.comment)],
    ...(spdx.externalRefs ?? []).map(({ referenceCategory, referenceType, referenceLocator }) => ['ExternalRef', `${referenceCategory} ${referenceType} ${referenceLocator}`] as const),
    ['PrimaryPackagePurpose', spdx.primaryPackagePurpose],
    ...annotationTags(spdx.annotations ?? [], spdx.SPDXID),
  ]);
}

function licenceTags({ licenseId, name, extractedText = '' }: Spdx2ExtractedLicence): string {
  return tags([
    ['LicenseID', licenseId],
    ['ExtractedText', text(extractedText)],
    ['LicenseName', name],
  ]);
}

type Tag = readonly [name: string, value: string | undefined];

function annotationTags(annotations: readonly Spdx2Annotation[], id: string): readonly Tag[] {
  return annotations.flatMap(({ annotator, annotationDate, annotationType, comment }): readonly Tag[] => [
    ['Annotator', annotator],
    ['AnnotationDate', annotationDate],
    ['AnnotationType', annotationType],
    ['SPDXREF', id],
    ['AnnotationComment', text(comment)],
  ]);
}

function tags(entries: readonly Tag[]): string {
  return entries.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\n`])).join('');
}

function text(value: string): string {
  return `<text>${value}</text>`;
}
