import path from 'node:path';
import { VulnerabilitiesError } from '@esscm/vulnerabilities';
import { readEnvironment } from '../environment.js';
import { CommandError } from '../exit-codes.js';

/** The folder given, or `advisories` in the data folder of the installation. */
export function advisoryFolder(given: string | undefined): string {
  return path.resolve(given ?? path.join(readEnvironment().dataFolder, 'advisories'));
}

/** Runs work on advisories so that its failures end the command with what to do about them. */
export async function withRemedies<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof VulnerabilitiesError) throw new CommandError(error.message, { remedy: error.remedy, cause: error });
    throw error;
  }
}
