import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import { ConflictProblem, NotFoundProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { Scan } from '../scans/scan.type.js';
import { RegistryConnection } from './connection.type.js';

/** A new connection. */
@ObjectType({ description: 'A new connection.' })
export class ConnectPayload {
  @Field(() => RegistryConnection, { description: 'The connection.' })
  declare readonly connection: RegistryConnection;

  @Field(() => [Scan], { description: 'One queued scan an image.' })
  declare readonly scans: readonly Scan[];
}

/** Outcome of connecting. */
export const ConnectResult = createUnionType({
  name: 'ConnectResult',
  description: 'Outcome of connecting.',
  types: () => [ConnectPayload, ValidationProblem, NotFoundProblem, ConflictProblem] as const,
});
export type ConnectResult = ConnectPayload | ValidationProblem | NotFoundProblem | ConflictProblem;

/** A connection that was removed, with its images and scans. */
@ObjectType({ description: 'A connection that was removed, with its images and scans.' })
export class DeleteConnectionPayload {
  @Field(() => ID, { description: 'Id of the removed connection.' })
  declare readonly id: string;
}

/** Outcome of removing a connection. */
export const DeleteConnectionResult = createUnionType({
  name: 'DeleteConnectionResult',
  description: 'Outcome of removing a connection.',
  types: () => [DeleteConnectionPayload, NotFoundProblem] as const,
});
export type DeleteConnectionResult = DeleteConnectionPayload | NotFoundProblem;

/** Images that are tracked from now on. */
@ObjectType({ description: 'Images that are tracked from now on, or were before.' })
export class TrackImagesPayload {
  @Field(() => [Scan], { description: 'One queued scan an image; none for an image whose scan is waiting or running.' })
  declare readonly scans: readonly Scan[];

  @Field(() => Int, { description: 'How many images.' })
  declare readonly imageCount: number;
}

/** Outcome of tracking images. */
export const TrackImagesResult = createUnionType({
  name: 'TrackImagesResult',
  description: 'Outcome of tracking images.',
  types: () => [TrackImagesPayload, NotFoundProblem, ValidationProblem] as const,
});
export type TrackImagesResult = TrackImagesPayload | NotFoundProblem | ValidationProblem;
