import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { SeverityFigures } from './severity-figures.type.js';

/** How bad a vulnerability is, worst first. */
export const Severity = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MEDIUM: 'medium',
  LOW: 'low',
  NEGLIGIBLE: 'negligible',
  NONE: 'none',
  UNKNOWN: 'unknown',
} as const;
export type Severity = (typeof Severity)[keyof typeof Severity];
registerEnumType(Severity, {
  name: 'Severity',
  description: 'How bad a vulnerability is, worst first.',
  valuesConfig: {
    CRITICAL: { description: 'CVSS 9.0 to 10.0, or the word of the source.' },
    HIGH: { description: 'CVSS 7.0 to 8.9, or the word of the source.' },
    MEDIUM: { description: 'CVSS 4.0 to 6.9, or the word of the source.' },
    LOW: { description: 'CVSS 0.1 to 3.9, or the word of the source.' },
    NEGLIGIBLE: { description: 'What the distribution calls unimportant or negligible.' },
    NONE: { description: 'CVSS 0.' },
    UNKNOWN: { description: 'No source rates it; not the same as low.' },
  },
});

/** Findings that are not hidden, by severity. */
@ObjectType({ description: 'Findings that are not hidden, by severity.' })
export class SeverityCounts extends SeverityFigures {
  @Field(() => Int, { description: 'Negligible ones.' })
  declare readonly negligible: number;

  @Field(() => Int, { description: 'Those rated as no harm.' })
  declare readonly none: number;

  @Field(() => Int, { description: 'Those nobody rates.' })
  declare readonly unknown: number;

  @Field(() => Int, { description: 'All of them.' })
  declare readonly total: number;
}
