import { Option } from 'commander';
import type { Command } from 'commander';
import type { Gate, VexFormat } from '@esscm/vulnerabilities';
import { CommandError, exitCodes } from '../exit-codes.js';
import { findingsFormatNames } from './findings-format-names.js';

const severities = ['critical', 'high', 'medium', 'low'] as const;
const vexFormats: readonly VexFormat[] = ['openvex', 'csaf', 'cyclonedx'];

/** What the command line says of findings. */
export interface FindingsFlags {
  /** Documents that are asked for; some of them may be of findings. */
  readonly outputs: readonly { readonly format: string }[];
  readonly advisories?: string;
  readonly vex: readonly string[];
  readonly vexAttached: boolean;
  readonly exceptions?: string;
  readonly failOn?: (typeof severities)[number];
  readonly onlyFixed: boolean;
  readonly kev: boolean;
  readonly failOnUnjudged: boolean;
  readonly writeVex?: string;
  readonly vexFormat: VexFormat;
  readonly vexAuthor?: string;
  readonly vexNamespace?: string;
}

/** Adds the flags to a command. */
export function withFindingsFlags(command: Command): Command {
  return command
    .option('--advisories <folder>', 'hold the packages against the advisory database in this folder (see esscm advisories)')
    .option('--vex <file|url>', 'apply a VEX document (OpenVEX, CSAF, CycloneDX); may be repeated', (place: string, places: readonly string[]) => [...places, place], [])
    .option('--vex-attached', 'apply VEX documents attached to the image in its registry; whoever may push there can then hide findings', false)
    .option('--exceptions <file>', 'apply your own exceptions (YAML or JSON)')
    .addOption(new Option('--fail-on <severity>', 'end with status 4 when a finding is this severe or worse').choices(severities))
    .option('--only-fixed', 'the gate: only findings with a known fix', false)
    .option('--kev', 'the gate: only findings in the CISA catalogue of exploited vulnerabilities', false)
    .option('--fail-on-unjudged', 'end with status 6 when no gate holds and packages could not be judged: no advisories for them, or a release no longer supported', false)
    .option('--write-vex <file>', 'write what was decided of the findings as a VEX document; needs --vex-author')
    .addOption(new Option('--vex-format <format>', 'of that document').choices(vexFormats).default('openvex'))
    .option('--vex-author <name>', 'who states it')
    .option('--vex-namespace <url>', 'an address of the author, which CSAF asks for');
}

/** The gate asked for; undefined when there is none. Conditions given together must all hold of one finding. */
export function gateOf(flags: Pick<FindingsFlags, 'failOn' | 'onlyFixed' | 'kev'>): Gate | undefined {
  if (flags.failOn === undefined && !flags.onlyFixed && !flags.kev) return undefined;
  return { onlyFixed: flags.onlyFixed, exploited: flags.kev, ...(flags.failOn === undefined ? {} : { severity: flags.failOn }) };
}

/** @throws CommandError with the usage status when flags do not go together */
export function checkFindingsFlags(flags: FindingsFlags): void {
  const asked = flags.outputs.some(({ format }) => findingsFormatNames.some((name) => name === format)) || flags.vex.length > 0 || flags.vexAttached || flags.exceptions !== undefined || flags.writeVex !== undefined || flags.failOnUnjudged || gateOf(flags) !== undefined;
  if (flags.advisories === undefined && asked) {
    throw new CommandError('Findings need --advisories FOLDER.', {
      exitCode: exitCodes.usage,
      remedy: 'Make the database with esscm advisories update Debian npm PyPI, or esscm advisories import PATH.',
    });
  }
  if (flags.writeVex !== undefined && flags.vexAuthor === undefined) {
    throw new CommandError('--write-vex needs --vex-author NAME: a VEX document is somebody’s word.', { exitCode: exitCodes.usage });
  }
  if (flags.vexFormat === 'csaf' && !URL.canParse(flags.vexNamespace ?? '')) {
    throw new CommandError('--vex-format csaf needs --vex-namespace URL, an address of the author.', { exitCode: exitCodes.usage });
  }
}
