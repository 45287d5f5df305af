import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Bytes, DateTime } from '../../graphql/scalars.js';

/** How a source of advisories is doing. */
export const AdvisorySourceState = { WANTED: 'wanted', FETCHING: 'fetching', READY: 'ready', FAILED: 'failed' } as const;
export type AdvisorySourceState = (typeof AdvisorySourceState)[keyof typeof AdvisorySourceState];
registerEnumType(AdvisorySourceState, {
  name: 'AdvisorySourceState',
  description: 'How a source of advisories is doing.',
  valuesConfig: {
    WANTED: { description: 'Some image needs it; it has not been fetched yet.' },
    FETCHING: { description: 'It is being fetched or imported.' },
    READY: { description: 'The last attempt brought it up to date.' },
    FAILED: { description: 'The last attempt failed; what was fetched before is still used.' },
  },
});

/** What an update does at the moment. */
export const AdvisoryStep = { FETCHING: 'fetching', IMPORTING: 'importing' } as const;
export type AdvisoryStep = (typeof AdvisoryStep)[keyof typeof AdvisoryStep];
registerEnumType(AdvisoryStep, {
  name: 'AdvisoryStep',
  description: 'What an update does at the moment.',
  valuesConfig: { FETCHING: { description: 'A file comes over the network.' }, IMPORTING: { description: 'Its records are read into the database.' } },
});

/** How far an update is. */
@ObjectType({ description: 'How far an update is.' })
export class AdvisoryProgress {
  @Field(() => AdvisoryStep, { description: 'What it does.' })
  declare readonly step: AdvisoryStep;

  @Field(() => Bytes, { nullable: true, description: 'Of the file being fetched, so far.' })
  declare readonly bytesDone?: number | undefined;

  @Field(() => Bytes, { nullable: true, description: 'Size of that file, where the server says it.' })
  declare readonly bytesTotal?: number | undefined;
}

/** One feed of a source. */
@ObjectType({ description: 'One feed of a source.' })
export class AdvisoryFeed {
  @Field(() => String, { description: 'Such as `osv:Debian`.' })
  declare readonly name: string;

  @Field(() => String, { description: 'Where it was fetched.' })
  declare readonly location: string;

  @Field(() => String, { description: 'Terms it is published under.' })
  declare readonly licence: string;

  @Field(() => String, { description: 'Whom to name.' })
  declare readonly attribution: string;

  @Field(() => String, { description: 'When its records were imported last.' })
  declare readonly importedAt: string;

  @Field(() => String, { nullable: true, description: 'Date of its newest record; null when the feed says none.' })
  declare readonly newestRecord?: string | undefined;

  @Field(() => Int, { description: 'Records it brought.' })
  declare readonly records: number;

  @Field(() => Int, { description: 'Records that could not be read.' })
  declare readonly refused: number;
}

/** Why a source is not up to date. */
@ObjectType({ description: 'Why a source is not up to date.' })
export class AdvisoryFailure {
  @Field(() => String, { description: 'Stable and machine-readable, such as `download-failed` or `updates-off`.' })
  declare readonly code: string;

  @Field(() => String, { description: 'What happened.' })
  declare readonly message: string;

  @Field(() => String, { nullable: true, description: 'What to do.' })
  declare readonly remedy?: string | undefined;
}

/** Advisories that this installation keeps current because some image needs them. */
@ObjectType({ description: 'Advisories that this installation keeps current because some image needs them.' })
export class AdvisorySource {
  @Field(() => ID, { description: 'An advisory ecosystem such as `Debian` or `npm`; `exploitation` for exploited vulnerabilities and EPSS.' })
  declare readonly name: string;

  @Field(() => AdvisorySourceState, { description: 'How it is doing.' })
  declare readonly state: AdvisorySourceState;

  @Field(() => AdvisoryProgress, { nullable: true, description: 'How far the present update is.' })
  declare readonly progress?: AdvisoryProgress | undefined;

  @Field(() => [AdvisoryFeed], { description: 'What it is made of.' })
  declare readonly feeds: readonly AdvisoryFeed[];

  @Field(() => AdvisoryFailure, { nullable: true, description: 'Why the last attempt failed.' })
  declare readonly failure?: AdvisoryFailure | undefined;

  @Field(() => DateTime, { description: 'When an image first needed it.' })
  declare readonly wantedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was last found to be current.' })
  declare readonly checkedAt?: Date | undefined;

  @Field(() => DateTime, { description: 'When it is tried next; the past when it is due.' })
  declare readonly nextAttemptAt: Date;
}

/** Sources that are brought up to date now. */
@ObjectType({ description: 'Sources that are brought up to date now.' })
export class UpdateAdvisoriesPayload {
  @Field(() => [AdvisorySource], { description: 'Those that were asked for and are known.' })
  declare readonly sources: readonly AdvisorySource[];
}
