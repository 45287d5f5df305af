import { z } from 'zod';

const version = z.string().max(256).refine((text) => !text.includes('\n'));

/** https://security-tracker.debian.org/tracker/data/json; what it says of one issue in one release. */
const releaseStatus = z.object({
  status: z.enum(['open', 'resolved', 'undetermined']),
  /** `0` means that the release never had the flaw. */
  fixed_version: version.optional(),
  urgency: z.string().max(64).optional(),
  /** Why there is no advisory; present when none is planned. */
  nodsa: z.string().max(1_000).optional(),
  nodsa_reason: z.string().max(64).nullish(),
});

/** One issue of one source package; keys of `releases` are codenames. */
export const trackerIssueSchema = z.object({
  description: z.string().optional(),
  releases: z.record(z.string().max(64), releaseStatus),
});

/** All issues of one source package, by their identifiers. */
export const trackerPackageSchema = z.record(z.string().min(1).max(128), z.unknown());

/** A status as the schema leaves it. */
export type ReleaseStatus = z.infer<typeof releaseStatus>;
/** An issue as the schema leaves it. */
export type TrackerIssue = z.infer<typeof trackerIssueSchema>;
