import { Field, Int, ObjectType } from 'type-graphql';
import { Bytes, DateTime } from '../../graphql/scalars.js';

/** Scans by state. */
@ObjectType({ description: 'Scans by state.' })
export class ScanCounts {
  @Field(() => Int, { description: 'Waiting.' })
  declare readonly queued: number;

  @Field(() => Int, { description: 'Running now.' })
  declare readonly running: number;

  @Field(() => Int, { description: 'Ended well.' })
  declare readonly succeeded: number;

  @Field(() => Int, { description: 'Ended with a result that is known to be incomplete.' })
  declare readonly partial: number;

  @Field(() => Int, { description: 'Ended without a result.' })
  declare readonly failed: number;

  @Field(() => Int, { description: 'Stopped by a user.' })
  declare readonly cancelled: number;
}

/** The newest scan of each image of a connection, added up. */
@ObjectType({ description: 'The newest scan of each image of a connection, added up.' })
export class LatestScanTotals {
  @Field(() => ScanCounts, { description: 'Images by the state of their newest scan.' })
  declare readonly states: ScanCounts;

  @Field(() => Bytes, { description: 'Compressed bytes read.' })
  declare readonly bytesDone: number;

  @Field(() => Bytes, { description: 'Compressed bytes to read, of the scans that know theirs.' })
  declare readonly bytesTotal: number;

  @Field(() => Bytes, { description: 'Compressed bytes read by the scans that run now.' })
  declare readonly runningBytesDone: number;

  @Field(() => DateTime, { nullable: true, description: 'When the first of the scans that run now began.' })
  declare readonly runningSince?: Date | undefined;
}
