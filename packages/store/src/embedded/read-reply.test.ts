import { describe, expect, it } from 'vitest';
import { errorResponse, message, readyForQuery } from './backend-messages.js';
import { readReply } from './read-reply.js';

const complete = (tag: string): Buffer => message('C', Buffer.from(`${tag}\0`));
const notification = (channel: string, payload: string): Buffer =>
  message('A', Buffer.from([0, 0, 0, 1]), Buffer.from(`${channel}\0${payload}\0`));
const row = message('D', Buffer.from('row'));
const failure = errorResponse({ severity: 'ERROR', code: '22012', message: 'division by zero' });
const bytes = (...parts: Buffer[]): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat(parts));

describe('readReply', () => {
  it.each(['I', 'T', 'E'] as const)('reads the status %s', (status) => {
    const reply = bytes(row, complete('SELECT 1'), readyForQuery(status));
    expect(readReply(reply, 1)).toEqual({ bytes: reply, status, tags: [], notifications: [], error: undefined });
  });

  it('has no status without ReadyForQuery, as for an engine that answers nothing at all', () => {
    expect(readReply(bytes(row), 1).status).toBeUndefined();
    expect(readReply(bytes(), 1).status).toBeUndefined();
  });

  it('takes notifications out of any place of the answer', () => {
    const [first, second] = [notification('a', '1'), notification('Ä b', '2')];
    const read = readReply(bytes(first, row, second, complete('NOTIFY'), readyForQuery('I')), 1);
    expect(Buffer.from(read.bytes)).toEqual(Buffer.concat([row, complete('NOTIFY'), readyForQuery('I')]));
    expect(read.notifications).toEqual([
      { channel: 'a', frame: bytes(first) },
      { channel: 'Ä b', frame: bytes(second) },
    ]);
  });

  it('reports the tags that matter to notifications, in order', () => {
    const tags = ['LISTEN', 'SELECT 1', 'UNLISTEN', 'ROLLBACK', 'COMMIT', 'INSERT 0 1'].map(complete);
    expect(readReply(bytes(...tags, failure, readyForQuery('I')), 1).tags).toEqual(['LISTEN', 'UNLISTEN', 'ROLLBACK', 'COMMIT', 'ERROR']);
  });

  it('keeps the first error', () => {
    const second = errorResponse({ severity: 'ERROR', code: '25P02', message: 'aborted' });
    expect(readReply(bytes(failure, second, readyForQuery('E')), 1).error).toEqual(bytes(failure));
  });

  it('drops the answer to a Sync that the client did not send', () => {
    const read = readReply(bytes(row, readyForQuery('I'), readyForQuery('I')), 1);
    expect(Buffer.from(read.bytes)).toEqual(Buffer.concat([row, readyForQuery('I')]));
  });

  it('replaces the failure of COPY FROM STDIN by a refusal that says so', () => {
    const copyIn = message('G', Buffer.from([0, 0, 0]));
    const text = Buffer.from(readReply(bytes(copyIn, failure, readyForQuery('I')), 1).bytes).toString();
    expect(text).toContain('0A000');
    expect(text).not.toContain('22012');
    expect(text.startsWith('E')).toBe(true);
  });

  it.each([
    ['a cut message', bytes(row).slice(0, -1)],
    ['a cut header', bytes(row).slice(0, 3)],
    ['an impossible length', new Uint8Array([0x44, 0, 0, 0, 1])],
    ['an unknown status', bytes(message('Z', Buffer.from('?')))],
  ])('refuses %s', (_what, reply) => {
    expect(() => readReply(reply, 1)).toThrow(RangeError);
  });
});
