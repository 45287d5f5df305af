/** SPDX 2.3 as its JSON form has it, as far as it is written and read here. The tag-value form has the same parts. */
export interface Spdx2Package {
  readonly SPDXID: string;
  readonly name: string;
  readonly versionInfo?: string | undefined;
  readonly packageFileName?: string | undefined;
  readonly supplier?: string | undefined;
  readonly originator?: string | undefined;
  readonly downloadLocation?: string | undefined;
  readonly filesAnalyzed?: boolean | undefined;
  readonly checksums?: readonly Spdx2Checksum[] | undefined;
  readonly homepage?: string | undefined;
  readonly sourceInfo?: string | undefined;
  readonly licenseConcluded?: string | undefined;
  readonly licenseDeclared?: string | undefined;
  readonly copyrightText?: string | undefined;
  readonly description?: string | undefined;
  readonly comment?: string | undefined;
  readonly externalRefs?: readonly Spdx2ExternalReference[] | undefined;
  readonly primaryPackagePurpose?: string | undefined;
  readonly annotations?: readonly Spdx2Annotation[] | undefined;
  readonly attributionTexts?: readonly string[] | undefined;
}

interface Spdx2Checksum {
  readonly algorithm: string;
  readonly checksumValue: string;
}

interface Spdx2ExternalReference {
  readonly referenceCategory: string;
  readonly referenceType: string;
  readonly referenceLocator: string;
}

export interface Spdx2Annotation {
  readonly annotationDate: string;
  readonly annotationType: string;
  readonly annotator: string;
  readonly comment: string;
}

export interface Spdx2Relationship {
  readonly spdxElementId: string;
  readonly relationshipType: string;
  readonly relatedSpdxElement: string;
}

export interface Spdx2CreationInfo {
  readonly created: string;
  readonly creators: readonly string[];
  readonly comment?: string | undefined;
}

export interface Spdx2ExtractedLicence {
  readonly licenseId: string;
  readonly name?: string | undefined;
  readonly extractedText?: string | undefined;
}
