import { checkDocument, judge, profiles } from '@esscm/sbom/documents';
import type { Profile } from '@esscm/sbom/documents';
import { Command, InvalidArgumentError, Option } from 'commander';
import { openDocument } from '../documents/open-document.js';
import { writeOutput } from '../documents/outputs.js';
import { writeJudgement, writeJudgementJson } from '../documents/write-judgement.js';
import { exitCodes } from '../exit-codes.js';

interface ValidateOptions {
  readonly profile?: readonly Profile[];
  readonly format: 'table' | 'json';
  readonly output?: string;
  readonly minScore?: number;
}

const profileIds = profiles.map(({ id }) => id).join(', ');

/** `esscm validate FILE`: whether a document keeps the rules of its format, and how it fares by profiles of minimum elements. */
export function validateCommand(): Command {
  return new Command('validate')
    .description('Hold an SBOM document against the official schema of its format and profiles of minimum elements.')
    .argument('<file>', 'CycloneDX 1.2 to 1.7 (JSON, XML), SPDX 2.2, 2.3 (JSON, tag-value) or 3.0.1 (JSON-LD); - for standard input')
    .option('--profile <names>', `profiles to judge by, separated by commas: ${profileIds} (default all)`, parseProfiles)
    .addOption(new Option('--format <format>', 'how to write it').choices(['table', 'json']).default('table'))
    .option('--output <file>', 'write to a file instead of standard output')
    .option('--min-score <score>', 'end with status 4 when a profile scores less, from 0 to 10', parseScore)
    .addHelpText(
      'after',
      `
Exit status:
  0  the document is valid
  1  the document cannot be read, breaks the schema of its format, or has references that lead nowhere
  2  the command line is wrong
  4  the document is valid, and scores less than --min-score by a profile
`,
    )
    .action(validate);
}

async function validate(file: string, options: ValidateOptions): Promise<void> {
  const checked = await checkDocument(await openDocument(file));
  const results = (options.profile ?? profiles).map((profile) => judge(checked.document, profile));
  await writeOutput([options.format === 'json' ? writeJudgementJson(checked, results) : writeJudgement(checked, results)], options.output);
  const { minScore } = options;
  if (checked.problems.length > 0 || checked.dangling.length > 0) process.exitCode = exitCodes.failure;
  else if (minScore !== undefined && results.some(({ score }) => score < minScore)) process.exitCode = exitCodes.gate;
}

function parseProfiles(text: string): readonly Profile[] {
  return text.split(',').map((name) => {
    const found = profiles.find(({ id }) => id === name.trim());
    if (found === undefined) throw new InvalidArgumentError(`There is no profile ${name.trim()}; there are ${profileIds}.`);
    return found;
  });
}

function parseScore(text: string): number {
  const score = Number(text);
  if (text.trim() === '' || !(score >= 0 && score <= 10)) throw new InvalidArgumentError('Write a number from 0 to 10.');
  return score;
}
