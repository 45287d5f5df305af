import type { ImageCoverage as Coverage } from '@esscm/store';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';

/** What is known of an image. */
export const ImageCoverage = {
  CURRENT: 'current',
  STALE: 'stale',
  PARTIAL: 'partial',
  PARTLY_JUDGED: 'partlyJudged',
  NOT_JUDGED: 'notJudged',
  FAILED: 'failed',
  NOT_SCANNED: 'notScanned',
} as const satisfies Readonly<Record<string, Coverage>>;
export type ImageCoverage = Coverage;

registerEnumType(ImageCoverage, {
  name: 'ImageCoverage',
  description: 'What is known of an image; each image is in one of these.',
  valuesConfig: {
    CURRENT: { description: 'All of it, held against advisories of the last two days.' },
    STALE: { description: 'All of it, held against advisories older than two days.' },
    PARTIAL: { description: 'Some of it: a part could not be read.' },
    PARTLY_JUDGED: { description: 'Its components, of which a part was not held against advisories, because there are none for it.' },
    NOT_JUDGED: { description: 'Its components, which were not held against advisories.' },
    FAILED: { description: 'Nothing: its last scan failed.' },
    NOT_SCANNED: { description: 'Nothing: no scan has ended yet.' },
  },
});

/** Images by what is known of them. */
@ObjectType({ description: 'Images by what is known of them.' })
export class ImageCoverageCount {
  @Field(() => ImageCoverage, { description: 'What is known.' })
  declare readonly coverage: ImageCoverage;

  @Field(() => Int, { description: 'Images of which that is known.' })
  declare readonly imageCount: number;
}
