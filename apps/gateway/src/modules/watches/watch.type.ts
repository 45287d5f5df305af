import { createUnionType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NotFoundProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { DateTime } from '../../graphql/scalars.js';

/** Why a registry was looked at. */
export const CheckTrigger = { SCHEDULE: 'schedule', USER: 'user', EVENT: 'event' } as const;
export type CheckTrigger = (typeof CheckTrigger)[keyof typeof CheckTrigger];
registerEnumType(CheckTrigger, {
  name: 'CheckTrigger',
  description: 'Why a registry was looked at.',
  valuesConfig: { SCHEDULE: { description: 'It was time.' }, USER: { description: 'A user asked for it.' }, EVENT: { description: 'The registry sent an event.' } },
});

/** What stood in the way of a check. */
@ObjectType({ description: 'What stood in the way of a check; what it found before stands.' })
export class CheckProblem {
  @Field(() => String, { description: 'What happened, in a few words.' })
  declare readonly heading: string;

  @Field(() => String, { description: 'What exactly, and what follows.' })
  declare readonly message: string;

  @Field(() => String, { nullable: true, description: 'What to do, and who can do it.' })
  declare readonly remedy?: string | undefined;
}

/** What one look at a registry found. */
@ObjectType({ description: 'What one look at a registry found.' })
export class ConnectionCheck {
  @Field(() => CheckTrigger, { description: 'Why it was made.' })
  declare readonly trigger: CheckTrigger;

  @Field(() => DateTime, { description: 'When it began.' })
  declare readonly startedAt: Date;

  @Field(() => DateTime, { description: 'When it ended.' })
  declare readonly endedAt: Date;

  @Field(() => Int, { description: 'Images that rules found.' })
  declare readonly added: number;

  @Field(() => Int, { description: 'Images whose tag points elsewhere now; they are scanned again.' })
  declare readonly moved: number;

  @Field(() => Int, { description: 'Images that are not in the registry any more; they stay here, marked.' })
  declare readonly gone: number;

  @Field(() => Int, { description: 'Images that were gone and are there again.' })
  declare readonly back: number;

  @Field(() => Int, { description: 'Images that no rule wants any more; they stay here, marked.' })
  declare readonly released: number;

  @Field(() => Int, { description: 'Requests to the registry.' })
  declare readonly calls: number;

  @Field(() => Int, { description: 'Repositories that were looked at.' })
  declare readonly repositoriesChecked: number;

  @Field(() => Int, { description: 'Repositories left to the next check, because the budget of requests was used up.' })
  declare readonly repositoriesLeft: number;

  @Field(() => CheckProblem, { nullable: true, description: 'What stood in the way.' })
  declare readonly problem?: CheckProblem | undefined;
}

/** How a connection stays current. */
@ObjectType({ description: 'How a connection stays current.' })
export class ConnectionWatch {
  @Field(() => Int, { description: 'Minutes between two looks at the whole registry, give or take a tenth.' })
  declare readonly everyMinutes: number;

  @Field(() => Boolean, { description: 'Paused: neither looked at by time nor by events.' })
  declare readonly paused: boolean;

  @Field(() => Boolean, { description: 'Whether somebody is looking right now.' })
  declare readonly checking: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When the next look is due; null while paused.' })
  declare readonly nextCheckAt?: Date | undefined;

  @Field(() => ConnectionCheck, { nullable: true, description: 'The last look at the whole registry; null before the first.' })
  declare readonly lastCheck?: ConnectionCheck | undefined;

  @Field(() => String, { description: 'Where the registry sends its events.' })
  declare readonly eventEndpoint: string;

  @Field(() => DateTime, { nullable: true, description: 'When the secret for events was made; null as long as no events are accepted.' })
  declare readonly eventSecretSetAt?: Date | undefined;

  @Field(() => DateTime, { nullable: true, description: 'When the last event came.' })
  declare readonly lastEventAt?: Date | undefined;

  @Field(() => Int, { description: 'Events of the last 24 hours.' })
  declare readonly eventsToday: number;
}

/** What deleting a connection would remove. */
@ObjectType({ description: 'What deleting a connection would remove.' })
export class DeletionImpact {
  @Field(() => Int, { description: 'Tracked images.' })
  declare readonly images: number;

  @Field(() => Int, { description: 'Of these, images with a result.' })
  declare readonly results: number;

  @Field(() => Int, { description: 'Rules.' })
  declare readonly selections: number;
}

/** A changed watch. */
@ObjectType({ description: 'A changed watch.' })
export class WatchPayload {
  @Field(() => ID, { description: 'The connection.' })
  declare readonly connectionId: string;

  @Field(() => ConnectionWatch, { description: 'As it is now.' })
  declare readonly watch: ConnectionWatch;
}

/** Outcome of changing a watch. */
export const WatchResult = createUnionType({
  name: 'WatchResult',
  description: 'Outcome of changing a watch.',
  types: () => [WatchPayload, NotFoundProblem, ValidationProblem] as const,
});
export type WatchResult = WatchPayload | NotFoundProblem | ValidationProblem;

/** A new secret for events. */
@ObjectType({ description: 'A new secret for events. It is shown this once; an earlier one is refused from now on.' })
export class EventSecretPayload {
  @Field(() => ID, { description: 'The connection.' })
  declare readonly connectionId: string;

  @Field(() => String, { description: 'Where the registry sends its events.' })
  declare readonly endpoint: string;

  @Field(() => String, { description: 'Name of the header that carries the secret.' })
  declare readonly header: string;

  @Field(() => String, { description: 'The secret.' })
  declare readonly secret: string;

  @Field(() => String, { nullable: true, description: 'What to paste where the registry is run, with all of this filled in.' })
  declare readonly snippet?: string | undefined;

  @Field(() => ConnectionWatch, { description: 'As it is now.' })
  declare readonly watch: ConnectionWatch;
}

/** Outcome of making a secret for events. */
export const EventSecretResult = createUnionType({
  name: 'EventSecretResult',
  description: 'Outcome of making a secret for events.',
  types: () => [EventSecretPayload, NotFoundProblem, ValidationProblem] as const,
});
export type EventSecretResult = EventSecretPayload | NotFoundProblem | ValidationProblem;
