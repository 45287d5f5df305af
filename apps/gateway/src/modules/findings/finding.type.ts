import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../../graphql/page-info.type.js';
import { DateTime } from '../../graphql/scalars.js';
import { Severity, SeverityCounts } from './severity.type.js';

/** That a vulnerability is used by attackers, by CISA's catalogue. */
@ObjectType({ description: 'That a vulnerability is used by attackers, by CISA\'s catalogue.' })
export class Exploited {
  @Field(() => String, { description: 'Day it was added to the catalogue, `YYYY-MM-DD`.' })
  declare readonly since: string;

  @Field(() => String, { nullable: true, description: 'Day by which agencies of the United States have to mend it.' })
  declare readonly due?: string | undefined;

  @Field(() => Boolean, { description: 'Whether ransomware is known to use it.' })
  declare readonly ransomware: boolean;
}

/** A rating by one source. */
@ObjectType({ description: 'A rating by one source.' })
export class Rating {
  @Field(() => Severity, { description: 'What it comes to.' })
  declare readonly severity: Severity;

  @Field(() => String, { description: 'Who says so, and how.' })
  declare readonly source: string;

  @Field(() => Float, { nullable: true, description: 'CVSS base score.' })
  declare readonly score?: number | undefined;

  @Field(() => String, { nullable: true, description: 'CVSS vector.' })
  declare readonly vector?: string | undefined;
}

/** A record that says the component is affected. */
@ObjectType({ description: 'A record that says the component is affected.' })
export class Evidence {
  @Field(() => String, { description: 'Id of the advisory.' })
  declare readonly recordId: string;

  @Field(() => String, { description: 'Where the advisory is from, such as `osv:Debian`.' })
  declare readonly source: string;

  @Field(() => String, { description: 'Advisory ecosystem that was asked, such as `Debian:12`.' })
  declare readonly ecosystem: string;

  @Field(() => String, { description: 'Name that was asked for: of the package, or of its source package.' })
  declare readonly packageName: string;

  @Field(() => String, { description: '`package` or `source package`.' })
  declare readonly lookedUpBy: string;

  @Field(() => String, { description: 'Installed version that was compared.' })
  declare readonly comparedVersion: string;

  @Field(() => String, { description: 'The comparison in words, with the range and the order of versions it was made by.' })
  declare readonly reason: string;
}

/** Where the component of a finding is. */
@ObjectType({ description: 'Where the component of a finding is.' })
export class FindingLocation {
  @Field(() => String, { description: 'Absolute path in the image.' })
  declare readonly path: string;

  @Field(() => Int, { description: 'Position of the layer that brought it in, 0 for the base.' })
  declare readonly layerIndex: number;

  @Field(() => String, { description: 'diffID of that layer.' })
  declare readonly layerDiffId: string;
}

/** One vulnerability in one component of one image. */
@ObjectType({ description: 'One vulnerability in one component of one image.' })
export class Finding {
  @Field(() => ID, { description: 'Stable while the image shows the same content.' })
  declare readonly id: string;

  @Field(() => String, { description: 'CVE where there is one, else GHSA, else the id of the source.' })
  declare readonly vulnerabilityId: string;

  @Field(() => Severity, { description: 'By the source that is preferred for the package.' })
  declare readonly severity: Severity;

  @Field(() => Float, { nullable: true, description: 'CVSS base score of the preferred rating.' })
  declare readonly score?: number | undefined;

  @Field(() => Float, { nullable: true, description: 'EPSS: probability of exploitation in the next 30 days, 0 to 1.' })
  declare readonly epss?: number | undefined;

  @Field(() => Float, { nullable: true, description: 'Share of all vulnerabilities with a lower EPSS, 0 to 1.' })
  declare readonly epssPercentile?: number | undefined;

  @Field(() => Exploited, { nullable: true, description: 'Set when it is known to be exploited.' })
  declare readonly exploited?: Exploited | undefined;

  @Field(() => String, { description: '`fixed`, `unfixed`, `subscription` (fixed for paying customers), or what else the source says.' })
  declare readonly fixState: string;

  @Field(() => String, { nullable: true, description: 'Smallest version above the installed one that is fixed; of the source package where that was looked up.' })
  declare readonly fixVersion?: string | undefined;

  @Field(() => String, { description: '`vulnerability`, `malware`, `informational`, `negligible`, `kernel-headers` or `uncertain`.' })
  declare readonly class: string;

  @Field(() => Boolean, { description: 'Whether lists leave it out unless asked for.' })
  declare readonly hidden: boolean;

  @Field(() => String, { description: '`high`, `medium` or `low`.' })
  declare readonly confidence: string;

  @Field(() => String, { nullable: true, description: 'When the vulnerability was published, as the source says it.' })
  declare readonly published?: string | undefined;

  @Field(() => DateTime, { description: 'When it was first seen in this image, or in what the image held before.' })
  declare readonly firstSeenAt: Date;

  @Field(() => ID, { description: 'Id of the component in the content.' })
  declare readonly componentId: string;

  @Field(() => String, { description: 'Name of the package.' })
  declare readonly packageName: string;

  @Field(() => String, { description: 'Installed version.' })
  declare readonly packageVersion: string;

  @Field(() => String, { description: 'Package URL of what is installed.' })
  declare readonly packageUrl: string;

  @Field(() => String, { description: 'The package URL without version: what decisions are kept by.' })
  declare readonly packageKey: string;

  @Field(() => String, { description: 'Such as `deb`, `apk`, `npm` or `pypi`.' })
  declare readonly ecosystem: string;

  @Field(() => Int, { nullable: true, description: 'Position of the layer that brought it in, 0 for the base.' })
  declare readonly layerIndex?: number | undefined;

  @Field(() => [FindingLocation], { description: 'Where the evidence for the component is, best first.' })
  declare readonly locations: readonly FindingLocation[];

  @Field(() => ID, { nullable: true, description: 'Id of the operating-system package whose files these are.' })
  declare readonly ownedBy?: string | undefined;

  /** Not in the schema. */
  declare readonly imageId: string;
  declare readonly contentId: string;
  declare readonly position: number;
  declare readonly fingerprint: string;
}

/** A finding in a page. */
@ObjectType({ description: 'A finding in a page.' })
export class FindingEdge {
  @Field(() => String, { description: 'Opaque position of this entry.' })
  declare readonly cursor: string;

  @Field(() => Finding, { description: 'The entry.' })
  declare readonly node: Finding;
}

/** How many there are, counted up to a limit. */
@ObjectType({ description: 'How many there are, counted up to a limit.' })
export class BoundedCount {
  @Field(() => Int, { description: 'As many as were counted.' })
  declare readonly count: number;

  @Field(() => Boolean, { description: 'False when there are more.' })
  declare readonly exact: boolean;
}

/** Findings that match, in numbers. */
@ObjectType({ description: 'Findings that match, in numbers.' })
export class FindingTotals {
  @Field(() => SeverityCounts, { description: 'By severity.' })
  declare readonly counts: SeverityCounts;

  @Field(() => Int, { description: 'Known to be exploited.' })
  declare readonly exploitedCount: number;

  @Field(() => Int, { description: 'With a fixed version.' })
  declare readonly fixableCount: number;
}

/** A page of findings. */
@ObjectType({ description: 'A page of findings.' })
export class FindingConnection {
  @Field(() => [FindingEdge], { description: 'In the order of the list.' })
  declare readonly edges: readonly FindingEdge[];

  @Field(() => PageInfo, { description: 'Where this page ends.' })
  declare readonly pageInfo: PageInfo;

  /** Not in the schema. */
  declare readonly filter: object;
}
