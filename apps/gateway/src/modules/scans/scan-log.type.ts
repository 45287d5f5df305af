import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../../graphql/scalars.js';
import { ScanStage } from './scan.type.js';

/** How much a line of a log matters. */
export const ScanLogLevel = { INFO: 'info', WARNING: 'warning', ERROR: 'error' } as const;
export type ScanLogLevel = (typeof ScanLogLevel)[keyof typeof ScanLogLevel];
registerEnumType(ScanLogLevel, {
  name: 'ScanLogLevel',
  description: 'How much a line of a log matters.',
  valuesConfig: {
    INFO: { description: 'What was done.' },
    WARNING: { description: 'Something was not read, or not judged.' },
    ERROR: { description: 'The scan, or this attempt of it, ended.' },
  },
});

/** A line that a scan wrote about itself. */
@ObjectType({ description: 'A line that a scan wrote about itself.' })
export class ScanLogLine {
  @Field(() => Int, { description: 'Place in the log, from 1. The first that is kept has a higher one when earlier lines were dropped.' })
  declare readonly position: number;

  @Field(() => DateTime, { description: 'When.' })
  declare readonly at: Date;

  @Field(() => Int, { description: 'Which attempt of the scan.' })
  declare readonly attempt: number;

  @Field(() => ScanLogLevel, { description: 'How much it matters.' })
  declare readonly level: ScanLogLevel;

  @Field(() => ScanStage, { nullable: true, description: 'The stage the scan was in.' })
  declare readonly stage?: ScanStage | undefined;

  @Field(() => String, { description: 'One line of at most 1,000 characters.' })
  declare readonly text: string;
}
