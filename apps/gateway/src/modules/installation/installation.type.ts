import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../../graphql/scalars.js';

/** This server, as far as anyone may know before signing in. */
@ObjectType({ description: 'This server, as far as anyone may know before signing in.' })
export class Installation {
  @Field(() => String, { description: 'Version of the server.' })
  declare readonly version: string;

  @Field(() => Boolean, { description: 'False until the first account is created.' })
  declare readonly administratorExists: boolean;

  @Field(() => Boolean, { description: 'Whether creating the first account needs the code printed where the server was started.' })
  declare readonly setupCodeRequired: boolean;

  @Field(() => String, { description: 'Where data is kept: `embedded` or `postgresql`.' })
  declare readonly storage: string;

  @Field(() => String, { description: 'What carries the jobs: `embedded`, `postgresql` or `redis`.' })
  declare readonly queue: string;
}

/** The owner of connections, projects and images. */
@ObjectType({ description: 'The owner of connections, projects and images.' })
export class Organization {
  @Field(() => ID, { description: 'Id of the organisation.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Name of the organisation.' })
  declare readonly name: string;
}

/** Who is signed in, or whose access token is used. */
@ObjectType({ description: 'Who is signed in, or whose access token is used.' })
export class Viewer {
  @Field(() => ID, { description: 'Id of the user.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Name of the user.' })
  declare readonly name: string;

  @Field(() => String, { description: 'Email address of the user.' })
  declare readonly email: string;

  @Field(() => String, { description: 'Role in the organisation, such as `administrator`.' })
  declare readonly role: string;

  @Field(() => Organization, { description: 'The organisation everything seen belongs to.' })
  declare readonly organization: Organization;
}

/** Figures of the organisation. */
@ObjectType({ description: 'Figures of the organisation.' })
export class Overview {
  @Field(() => Int, { description: 'All connections, the sample included.' })
  declare readonly connectionCount: number;

  @Field(() => Int, { description: 'All tracked images.' })
  declare readonly imageCount: number;

  @Field(() => Int, { description: 'Images with a result.' })
  declare readonly scannedImageCount: number;

  @Field(() => Int, { description: 'Scans queued or running.' })
  declare readonly activeScanCount: number;

  @Field(() => Int, { description: 'Scans that ended failed.' })
  declare readonly failedScanCount: number;

  @Field(() => Int, { description: 'Images whose shown result is known to be incomplete.' })
  declare readonly partialImageCount: number;

  @Field(() => DateTime, { nullable: true, description: 'When the oldest shown result was made; null without results.' })
  declare readonly oldestResultAt?: Date | undefined;

  @Field(() => ID, { nullable: true, description: 'The connection to the built-in sample registry, if there is one.' })
  declare readonly sampleConnectionId?: string | undefined;
}
