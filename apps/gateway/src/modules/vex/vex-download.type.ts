import { Field, ObjectType } from 'type-graphql';

/** What is known of findings as a document. Fetching it needs the session or an access token. */
@ObjectType({ description: 'What is known of findings as a VEX document. Fetching it needs the session or an access token.' })
export class VexDownload {
  @Field(() => String, { description: '`openvex`, `csaf` or `cyclonedx`.' })
  declare readonly format: string;

  @Field(() => String, { description: 'Name of the format for people.' })
  declare readonly label: string;

  @Field(() => String, { description: 'Path on this server.' })
  declare readonly path: string;
}
