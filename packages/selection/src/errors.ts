/** A rule or template that cannot be used; `message` says why in words for its author. */
export class InvalidRuleError extends Error {
  override readonly name = 'InvalidRuleError';
  readonly code = 'invalid-rule';
  /** Part of the rule: `repository`, `tag`, `versionRange`, `project`. */
  readonly field: string;

  constructor(field: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.field = field;
  }
}
