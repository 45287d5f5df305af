import { z } from 'zod';

/** What an exception of the AWS SDK, or of the network below it, says. */
export interface AwsFailure {
  /** The service's error code, such as `AccessDeniedException`, or the name of the exception. */
  readonly name: string;
  readonly message: string;
  /** Code of a Node.js network or TLS failure, such as `ENOTFOUND`. */
  readonly networkCode?: string;
  readonly status?: number;
  readonly requestId?: string;
}

const failureSchema = z.object({
  name: z.string().catch('Error'),
  message: z.string().catch(''),
  code: z.string().optional().catch(undefined),
  $metadata: z
    .object({ httpStatusCode: z.number().optional(), requestId: z.string().optional() })
    .optional()
    .catch(undefined),
});

/** Reads anything thrown. Messages are cut to 1,000 characters and never hold the request they answer. */
export function readAwsFailure(error: unknown): AwsFailure {
  const read = failureSchema.safeParse(error);
  if (!read.success) return { name: 'Error', message: '' };
  const { name, message, code, $metadata } = read.data;
  return {
    name,
    message: presentableMessage(message),
    ...(code !== undefined && { networkCode: code }),
    ...($metadata?.httpStatusCode !== undefined && { status: $metadata.httpStatusCode }),
    ...($metadata?.requestId !== undefined && { requestId: $metadata.requestId }),
  };
}

/**
 * The exception to keep as `cause`: itself, unless its text repeats the request. AWS answers a wrong signature with the
 * canonical request, whose headers include the session token.
 */
export function safeCause(error: unknown): unknown {
  if (!(error instanceof Error) || !repeatsRequest.test(error.message)) return error;
  const cause = new Error(presentableMessage(error.message));
  cause.name = error.name;
  return cause;
}

const repeatsRequest = /\bcanonical string\b|x-amz-security-token|x-amz-signature|\bauthorization:/i;

function presentableMessage(message: string): string {
  const at = message.search(repeatsRequest);
  const kept = at === -1 ? message : message.slice(0, message.lastIndexOf('.', at) + 1);
  return kept.slice(0, 1000).trim();
}
