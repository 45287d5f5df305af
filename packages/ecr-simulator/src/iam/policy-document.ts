import { z } from 'zod';

const oneOrMany = z.union([z.string().max(2048), z.array(z.string().max(2048)).max(500)]);
const conditionOperator = z.enum(['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'ArnLike', 'ArnEquals', 'Bool']);

const statementSchema = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Principal: z.union([z.literal('*'), z.strictObject({ AWS: oneOrMany })]).optional(),
    Action: oneOrMany.optional(),
    NotAction: oneOrMany.optional(),
    Resource: oneOrMany.optional(),
    NotResource: oneOrMany.optional(),
    Condition: z.partialRecord(conditionOperator, z.record(z.string(), oneOrMany)).optional(),
  })
  .refine((statement) => (statement.Action === undefined) !== (statement.NotAction === undefined), 'exactly one of Action and NotAction is required')
  .refine((statement) => statement.Resource === undefined || statement.NotResource === undefined, 'Resource and NotResource exclude each other');

/**
 * An IAM policy in its JSON form, grammar version 2012-10-17: the parts the evaluator understands. A condition operator or an element
 * it does not know is refused here, so that a policy never means less than it says.
 */
export const policyDocumentSchema = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z.union([statementSchema, z.array(statementSchema).max(100)]),
});

/** One statement of a policy. */
export type PolicyStatement = z.infer<typeof statementSchema>;

/** A parsed policy, see {@link policyDocumentSchema}. */
export type PolicyDocument = z.infer<typeof policyDocumentSchema>;
