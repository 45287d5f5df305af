import { OciError } from '@esscm/oci-client/local';
import { DocumentError } from '@esscm/sbom';
import { CommandError, exitCodes } from './exit-codes.js';

/** Says on `output` what went wrong and what to do, and gives the exit status. A stack is printed only for our own faults. */
export function printFailure(error: unknown, output: NodeJS.WritableStream): number {
  const line = (text: string) => output.write(`esscm: ${text}\n`);
  if (error instanceof CommandError) {
    line(error.message);
    if (error.remedy !== undefined) line(error.remedy);
    return error.exitCode;
  }
  if (error instanceof DocumentError) {
    line(error.message);
    for (const { place, message } of error.problems) line(`  ${place === '' ? 'the document' : place}: ${message}`);
    line(error.remedy);
    return exitCodes.failure;
  }
  if (error instanceof OciError) {
    line(error.message);
    const upstream = [error.status, error.upstreamCode, error.upstreamMessage].filter((part) => part !== undefined).join(' ');
    if (upstream !== '') line(`The registry answered: ${upstream}`);
    return exitCodes.failure;
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    line(error.message);
    return exitCodes.failure;
  }
  line(error instanceof Error ? withoutQueryValues(error.stack ?? error.message) : String(error));
  return exitCodes.failure;
}

/** A failed query's message ends with its values, among them session tokens and hashes. */
function withoutQueryValues(stack: string): string {
  return stack.replace(/\nparams:[\s\S]*?(?=\n +at |$)/, '');
}
