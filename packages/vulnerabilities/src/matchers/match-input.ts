/** A component as the matcher needs it; a catalogue of `@esscm/sbom` has this shape. */
export interface MatchComponent {
  /** Unique among the components. */
  readonly id: string;
  /** The type of its package URL: `deb`, `apk`, `rpm`, `npm`, `pypi`, … */
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly packageUrl: string;
  /** For packages of an operating system: the source package it was built from. */
  readonly source?: { readonly name: string; readonly version: string };
  readonly architecture?: string;
  /** The vendor an rpm package names; tells packages of other repositories. */
  readonly supplier?: string;
  readonly locations: readonly { readonly path: string }[];
  /** The component (by id) of the operating-system package whose files these are. */
  readonly ownedBy?: string;
}

/** The os-release facts a look-up needs. */
export interface MatchDistribution {
  readonly id: string;
  readonly idLike: readonly string[];
  readonly versionId?: string;
  readonly codename?: string;
  /** `openEuler 22.03 (LTS-SP3)`: some state their service pack nowhere else. */
  readonly prettyName?: string;
  /** Names of the repositories a Red Hat image was built from (`rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_4`). */
  readonly contentSets?: readonly string[];
  /** The product a Red Hat image is, such as `cpe:/a:redhat:rhel_eus:9.4::appstream`. */
  readonly productCpe?: string;
}
