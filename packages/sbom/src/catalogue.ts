/**
 * Package ecosystems there are; the `type` of the package URL where one exists. A new cataloguer adds its own here.
 * `generic` is software without an ecosystem: a program built by hand, a language's own runtime, and in a catalogue made
 * from a document whatever has no other name here.
 */
export const ecosystems = [
  // Operating systems and distributions of software.
  'deb', 'apk', 'rpm', 'alpm', 'ebuild', 'nix', 'opkg', 'bottlerocket', 'bitnami', 'conda',
  // Languages.
  'npm', 'pypi', 'golang', 'cargo', 'maven', 'nuget', 'composer', 'gem', 'pear', 'wordpress', 'cran', 'luarocks', 'otp', 'hex',
  'swift', 'cocoapods', 'pub', 'julia', 'hackage', 'conan',
  'generic',
] as const;

/** Where a component comes from. */
export type Ecosystem = (typeof ecosystems)[number];

/** Everything found in one image (one platform). The same layers and configuration always give the same catalogue. */
export interface Catalogue {
  /** Of the shape of this document. */
  readonly formatVersion: 1;
  readonly image: CataloguedImage;
  /** From os-release; absent for images without one (distroless static, scratch). */
  readonly distribution?: Distribution;
  /** Sorted by package URL, then by first path. */
  readonly components: readonly Component[];
  /** Sorted by `from`, then `to`. */
  readonly relationships: readonly Relationship[];
  /**
   * What files in the image ask for without being it: the entries of lock files, sorted like components. Never among the
   * components, and not for matching: nothing says that any of it was installed.
   */
  readonly declared?: readonly Component[];
  /** Files that may be software and that nothing in `components` accounts for, sorted by path. Absent when nobody looked. */
  readonly unknowns?: readonly UnknownFile[];
  /** What could not be read, named. A catalogue with an `incomplete` diagnostic is a partial result. */
  readonly diagnostics: readonly Diagnostic[];
  /** Which readers made this, with their versions. */
  readonly cataloguers: readonly { readonly name: string; readonly version: number }[];
}

export interface CataloguedImage {
  /** Such as `public.ecr.aws/nginx/nginx`. */
  readonly name: string;
  readonly tag?: string;
  /** Of the manifest; of the configuration where the source keeps no manifest. */
  readonly digest: string;
  readonly platform: { readonly os: string; readonly architecture: string; readonly variant?: string };
  /** ISO 8601, from the image configuration. */
  readonly created?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Base layer first. */
  readonly layers: readonly CataloguedLayer[];
  /** What the image was built on, when something says so. */
  readonly base?: BaseImage;
}

/** The image another one was built on. */
export interface BaseImage {
  /** How many of the lowest layers are its own; absent when only its name is known. */
  readonly layerCount?: number;
  /** As the image's labels say it. */
  readonly name?: string;
  readonly digest?: string;
  /**
   * What tells where the base ends: `history` is the last instruction of the build that sets a command without being the
   * image's own, a likely guess; `labels` means that nothing does, and that labels name the base.
   */
  readonly knownBy: 'labels' | 'history';
}

export interface CataloguedLayer {
  readonly digest: string;
  readonly diffId: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly createdBy?: string;
}

/** The facts of the system that a package URL and a vulnerability matcher need, from os-release and from what a build left in the image. */
export interface Distribution {
  /** `debian`, `alpine`, `ubuntu`, … */
  readonly id: string;
  readonly idLike: readonly string[];
  readonly versionId?: string;
  readonly codename?: string;
  readonly prettyName?: string;
  /**
   * Red Hat's names of the repositories that packages of the image are from, sorted, as the image has them: behind two
   * underscores may be the minor release they are for, such as `rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_4`.
   */
  readonly contentSets?: readonly string[];
  /** The product the image is, by the labels its build left in it, such as `cpe:/a:redhat:enterprise_linux:9::el9`. */
  readonly productCpe?: string;
}

/** One installed package. Two copies of the same version in different places are two components. */
export interface Component {
  /** Unique in the catalogue and stable: the package URL, with a suffix made from the path where that alone is not unique. */
  readonly id: string;
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly version: string;
  /** As the package-URL specification writes it, qualifiers included. */
  readonly packageUrl: string;
  /** For operating-system packages: the source package a vulnerability matcher asks for. */
  readonly source?: { readonly name: string; readonly version: string };
  readonly architecture?: string;
  readonly licences: readonly Licence[];
  readonly description?: string;
  readonly homepage?: string;
  /** Maintainer or vendor, as the package says it. */
  readonly supplier?: string;
  /** What it is for, when that is known and it is no library. */
  readonly purpose?: ComponentPurpose;
  /** Of the package as it was distributed, such as the archive it came in, where its records or a document say them. */
  readonly hashes?: readonly ComponentHash[];
  /** CPE names under which vulnerabilities may be filed, likeliest first: candidates in the form of CPE 2.3, none of them checked, or those of a document as it gives them. */
  readonly cpes?: readonly string[];
  readonly copyright?: string;
  /** Where the evidence is, best first; at least one, unless the catalogue comes from a document that says none. */
  readonly locations: readonly Location[];
  /** The component (by id) of the operating-system package whose files these are, such as Debian's python3-yaml. */
  readonly ownedBy?: string;
  /** Position of the layer since which it is no longer there; only in a catalogue of all layers. */
  readonly removedInLayer?: number;
  /** Which reader found it. */
  readonly cataloguer: string;
  /** How it was recognised; absent for what the records of a package manager say, see `evidenceOf`. */
  readonly evidence?: Evidence;
  /** Where the package manager says it came from; without user name and password. */
  readonly downloadUrl?: string;
}

/** How a component was recognised. */
export interface Evidence {
  /** Of CycloneDX: `attestation` is what a document in the image says, `filename` a name that carries a version. */
  readonly technique: 'manifest-analysis' | 'binary-analysis' | 'filename' | 'attestation' | 'other';
  /** From 0 to 1: how sure it is that this is there, in this version. */
  readonly confidence: number;
}

/** A file that may be software and is no part of any component. */
export interface UnknownFile {
  /** `database`: of packages, and it could not be read, wholly or in part. */
  readonly kind: 'program' | 'library' | 'archive' | 'database';
  readonly path: string;
  /** Of the layer the file, as it is, comes from. */
  readonly layerDiffId?: string;
  readonly layerIndex?: number;
}

/** Component types of CycloneDX 1.7 besides `library`, which is the rule. */
export const componentPurposes = [
  'application',
  'framework',
  'container',
  'platform',
  'operating-system',
  'device',
  'device-driver',
  'firmware',
  'file',
  'machine-learning-model',
  'data',
  'cryptographic-asset',
] as const;

type ComponentPurpose = (typeof componentPurposes)[number];

export interface ComponentHash {
  /** As CycloneDX writes it: `SHA-1`, `SHA-256`, `SHA-512`, `MD5`, … */
  readonly algorithm: string;
  /** Lower-case hexadecimal. */
  readonly value: string;
}

export interface Licence {
  /** As the package declares it. */
  readonly declared: string;
  /** The same as an SPDX expression, when it is one or can be mapped without guessing. */
  readonly spdxExpression?: string;
  /** Absent for what the package declares. `concluded`: from a licence text that came with it; `declared` names the file. */
  readonly acknowledgement?: 'concluded';
  /** Of a concluded licence, from 0 to 1: how much of the text is that licence's. */
  readonly confidence?: number;
}

export interface Location {
  /** Absolute, of the final view of the image; `!/` stands before the path inside an archive. */
  readonly path: string;
  /** diffID of the layer that brought the component into the image; absent only where a document does not say it. */
  readonly layerDiffId?: string;
  /** Position of that layer, 0 for the base; absent where it is unknown. */
  readonly layerIndex?: number;
}

export interface Relationship {
  /** Component ids. */
  readonly from: string;
  readonly to: string;
  readonly kind: 'depends-on' | 'owns';
}

export interface Diagnostic {
  /** Stable and machine-readable, such as `dpkg-stanza-without-version`. */
  readonly code: string;
  /** `incomplete`: components may be missing because of this. `notice`: nothing is missing. */
  readonly severity: 'incomplete' | 'notice';
  readonly message: string;
  readonly path?: string;
  readonly layerDiffId?: string;
}
