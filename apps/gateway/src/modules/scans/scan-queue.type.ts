import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { ConflictProblem } from '../../graphql/problem.type.js';
import { DateTime } from '../../graphql/scalars.js';

/** Who paused the queue, and when. */
@ObjectType({ description: 'Who paused the queue, and when.' })
export class ScanPause {
  @Field(() => String, { description: 'Name of the user.' })
  declare readonly pausedBy: string;

  @Field(() => DateTime, { description: 'Since when no scan has begun.' })
  declare readonly pausedAt: Date;
}

/** The queue of scans. */
@ObjectType({ description: 'The queue of scans.' })
export class ScanQueue {
  @Field(() => ScanPause, { nullable: true, description: 'While there is one, no scan begins; those that run come to their end.' })
  declare readonly pause?: ScanPause | undefined;

  /** Not in the schema: `counts`, `failedImageCount` and `typicalWaitMs` are read when they are asked for. */
  declare readonly organizationId: string;
}

/** The queue after the change. */
@ObjectType({ description: 'The queue after the change.' })
export class ScanQueuePayload {
  @Field(() => ScanQueue, { description: 'The queue.' })
  declare readonly queue: ScanQueue;
}

/** Outcome of pausing or resuming the queue. */
export const ScanQueueResult = createUnionType({
  name: 'ScanQueueResult',
  description: 'Outcome of pausing or resuming the queue.',
  types: () => [ScanQueuePayload, ConflictProblem] as const,
});
export type ScanQueueResult = ScanQueuePayload | ConflictProblem;

/** Several scans that were started or stopped at once. */
@ObjectType({ description: 'Several scans that were started or stopped at once.' })
export class ScanBatchPayload {
  @Field(() => Int, { description: 'How many scans.' })
  declare readonly count: number;

  @Field(() => ScanQueue, { description: 'The queue afterwards.' })
  declare readonly queue: ScanQueue;
}
