import { describe, expect, test } from 'vitest';
import { createLog } from './create-log.js';

const canary = 'wJalrXUtnFEMI/K7MDENG';

/** What a log with a part of its own writes. */
function written(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ level: 'debug', role: 'all' }, { write: (line) => void lines.push(line) }).child({ part: 'scanner' }));
  return lines.join('');
}

describe('an error in the log', () => {
  test('of the database ends before the values of its query', () => {
    const query = Object.assign(new Error(`Failed query: insert into "sessions" values ($1)\nparams: ${canary}`), { query: 'insert', params: [canary] });
    const line = written((log) => log.error({ err: new Error('the scan could not be stored', { cause: query }) }, 'scan failed'));
    expect(line).not.toContain(canary);
    expect(JSON.parse(line)).toMatchObject({
      service: 'esscm',
      part: 'scanner',
      msg: 'scan failed',
      err: { type: 'Error', message: 'the scan could not be stored', cause: { message: 'Failed query: insert into "sessions" values ($1)' } },
    });
  });

  test('of a request is written without the request', () => {
    const refused = Object.assign(new Error('refused'), { code: 'AccessDenied', $response: { headers: { authorization: canary } }, config: { secretAccessKey: canary } });
    const line = written((log) => log.warn({ err: refused }, 'a check broke off'));
    expect(line).not.toContain(canary);
    expect(JSON.parse(line)).toMatchObject({ err: { message: 'refused', code: 'AccessDenied' } });
  });
});

test.each([{ secretAccessKey: canary }, { headers: { authorization: canary } }, { connection: { secrets: { secretAccessKey: canary } } }, { setupCode: canary }])(
  'what is named as a secret is not written: %o',
  (fields) => {
    const line = written((log) => log.info(fields, 'noted'));
    expect(line).toContain('[redacted]');
    expect(line).not.toContain(canary);
  },
);
