import { expect, it } from 'vitest';
import { readListenStatements } from './listen-statements.js';

const on = (channel: string) => ({ listen: true, channel });
const off = (channel: string) => ({ listen: false, channel });

it.each([
  ['LISTEN jobs', [on('jobs')]],
  ['listen Jobs;', [on('jobs')]],
  ['listen "Jobs ""x"""', [on('Jobs "x"')]],
  ['-- a comment\n/* another */ LISTEN "jobs"', [on('jobs')]],
  ['begin; listen a; unlisten b; commit', [on('a'), off('b')]],
  ['UNLISTEN *', [off('*')]],
  ['select 1', []],
  [`insert into log values ('listen to me')`, []],
  [`${' '.repeat(20_000)}listen a`, []],
])('readListenStatements(%j)', (sql, expected) => {
  expect(readListenStatements(sql)).toEqual(expected);
});
