/** What the command's exit status says; the same for every subcommand. */
export const exitCodes = {
  success: 0,
  /** The image could not be read, the registry refused, a file could not be written. */
  failure: 1,
  /** The command line is wrong; nothing was tried. */
  usage: 2,
  /** The document was written, and parts of the image could not be read. */
  partial: 3,
  /** The document was written, and a finding is at least as severe as `--fail-on` allows. */
  gate: 4,
  /** Two things that were compared differ, and the command was told to say so. */
  different: 5,
  /** The document was written, no gate holds, and packages could not be judged, which `--fail-on-unjudged` asks to be told. */
  unjudged: 6,
  /** Ended by SIGINT. */
  interrupted: 130,
} as const;

/** Ends the command with a message and a status, without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;
  readonly remedy: string | undefined;

  constructor(message: string, options: { exitCode?: number; remedy?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.exitCode = options.exitCode ?? exitCodes.failure;
    this.remedy = options.remedy;
  }
}
