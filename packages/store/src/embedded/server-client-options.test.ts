import { expect, it } from 'vitest';
import { serverClientOptions } from './server-client-options.js';

it.each([
  ['postgresql://u:p@host/db', undefined, { connectionString: 'postgresql://u:p@host/db' }],
  ['postgres://host/db?sslmode=require', '-c a=1', { connectionString: 'postgres://host/db?sslmode=require', options: '-c a=1' }],
  ['postgresql://host/db?application_name=x&options=-c%20b%3D2', '-c a=1', { connectionString: 'postgresql://host/db', options: '-c b=2 -c a=1' }],
  ['postgresql:///db?host=/run/postgresql', undefined, { connectionString: 'postgresql:///db?host=%2Frun%2Fpostgresql' }],
])('%s with options %s', (url, options, expected) => {
  const client = { applicationName: 'esscm', ...(options === undefined ? {} : { options }) };
  expect(serverClientOptions(url, client)).toMatchObject({ application_name: 'esscm', ...expected });
});

it.each(['mysql://host/db', 'not a url with secret', ''])('refuses "%s" without repeating it', (url) => {
  expect(() => serverClientOptions(url, { applicationName: 'esscm' })).toThrow(TypeError);
  expect(() => serverClientOptions(url, { applicationName: 'esscm' })).not.toThrow(/secret/);
});
