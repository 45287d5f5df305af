/** What was being done when a call failed. Holds no secret. */
export interface AwsErrorContext {
  /** The permission the call needs, such as `ecr:DescribeImages`. */
  readonly action: string;
  readonly region: string;
  /** Host the call went to. */
  readonly endpointHost: string;
  /** Shown masked. */
  readonly accessKeyId?: string;
  /** 12 digits, when known. */
  readonly accountId?: string;
  readonly repository?: string;
  /** ARN of the role that was to be assumed. */
  readonly roleArn?: string;
  /** Tag or digest. */
  readonly reference?: string;
}
