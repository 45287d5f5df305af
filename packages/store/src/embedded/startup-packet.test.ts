import { describe, expect, it } from 'vitest';
import { ProtocolViolation } from './frontend-frames.js';
import { settingsSql } from './session-statements.js';
import { readConnectionSettings, readStartupPacket } from './startup-packet.js';

function packet(code: number, rest: Buffer | string = ''): Buffer {
  const head = Buffer.alloc(4);
  head.writeInt32BE(code);
  return Buffer.concat([head, Buffer.from(rest)]);
}

describe('readStartupPacket', () => {
  it('reads the parameters', () => {
    expect(readStartupPacket(packet(196_608, 'user\0postgres\0application_name\0x y\0\0'))).toEqual({
      kind: 'start',
      parameters: new Map([['user', 'postgres'], ['application_name', 'x y']]),
    });
  });

  it.each([
    ['an SSL request', packet(80_877_103), { kind: 'encryption' }],
    ['a GSS request', packet(80_877_104), { kind: 'encryption' }],
    ['a cancel request', packet(80_877_102, Buffer.from([0, 0, 0, 7, 0, 0, 1, 0])), { kind: 'cancel', processId: 7, secretKey: 256 }],
  ])('recognises %s', (_what, body, expected) => {
    expect(readStartupPacket(body)).toEqual(expected);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['another protocol', packet(131_072)],
    ['half a cancel request', packet(80_877_102, Buffer.from([0, 0]))],
  ])('refuses %s', (_what, body) => {
    expect(() => readStartupPacket(body)).toThrow(ProtocolViolation);
  });
});

describe('readConnectionSettings', () => {
  it.each([
    ['-c search_path=app', { search_path: 'app' }],
    ['-csearch_path=app', { search_path: 'app' }],
    ['--search-path=app', { search_path: 'app' }],
    ['-c search_path="a\\ b",c  -c work_mem=8MB', { search_path: '"a b",c', work_mem: '8MB' }],
    ['-c a=1 -c a=2', { a: '2' }],
    ['-c x=a\\\\b', { x: 'a\\b' }],
    ['', {}],
  ])('reads the options %s', (options, expected) => {
    expect(Object.fromEntries(readConnectionSettings(new Map([['options', options]])))).toEqual(expected);
  });

  it('takes settings among the start-up parameters, and leaves out who and where', () => {
    const parameters = new Map([['user', 'u'], ['database', 'd'], ['application_name', 'n'], ['TimeZone', 'UTC'], ['_pq_.x', '1']]);
    expect(Object.fromEntries(readConnectionSettings(parameters))).toEqual({ timezone: 'UTC' });
  });

  it.each(['-d postgres', '-c', '-c novalue', 'word'])('refuses the options %s', (options) => {
    expect(() => readConnectionSettings(new Map([['options', options]]))).toThrow(ProtocolViolation);
  });
});

describe('settingsSql', () => {
  it.each([
    ['"app"', `select set_config('x', '"app"', false);`],
    [`it's`, `select set_config('x', 'it''s', false);`],
    [`\\'; drop`, `select set_config('x', E'\\\\''; drop', false);`],
  ])('quotes %s', (value, sql) => {
    expect(settingsSql(new Map([['x', value]]))).toBe(sql);
  });
});
