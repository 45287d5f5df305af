import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { CommandError, exitCodes } from './exit-codes.js';
import { printFailure } from './print-failure.js';

function printed(error: unknown): { readonly status: number; readonly text: string } {
  const output = new PassThrough();
  const status = printFailure(error, output);
  return { status, text: String(output.read() ?? '') };
}

test('a failure of a command is its message and what to do, with its own exit status', () => {
  expect(printed(new CommandError('There is no such file.', { exitCode: exitCodes.usage, remedy: 'Check the path.' }))).toEqual({
    status: exitCodes.usage,
    text: 'esscm: There is no such file.\nesscm: Check the path.\n',
  });
});

test('a failed query is printed without its values', () => {
  const { status, text } = printed(new Error('Failed query: insert into "session" values ($1, $2)\nparams: token-of-a-session,\nsecond line'));
  expect(status).toBe(exitCodes.failure);
  expect(text).toMatch(/^esscm: Error: Failed query: insert into "session" values \(\$1, \$2\)\n +at /);
  expect(text).not.toMatch(/token-of-a-session|second line/);
});
