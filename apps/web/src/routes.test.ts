import { matchRoutes } from 'react-router';
import { expect, test } from 'vitest';
import { paths } from './paths.js';
import { routes } from './routes.js';

const addresses: Readonly<Record<keyof typeof paths, string>> = {
  overview: paths.overview(),
  setup: paths.setup(),
  signIn: paths.signIn('/images'),
  integrations: paths.integrations(),
  connect: paths.connect('ecr', { step: 'verify' }),
  connections: paths.connections(),
  connection: paths.connection('c1'),
  registry: paths.registry('c'),
  connectionActivity: paths.connectionActivity('c1'),
  projects: paths.projects(),
  project: paths.project('p1'),
  images: paths.images(),
  image: paths.image('i1', 'layers'),
  scans: paths.scans(),
  scan: paths.scan('s1'),
  components: paths.components(),
  decisions: paths.decisions(),
  fixes: paths.fixes(),
  vexDocuments: paths.vexDocuments(),
  vexDocument: paths.vexDocument('v1'),
  findings: paths.findings(),
  vulnerability: paths.vulnerability('CVE-2021-44228'),
  compare: paths.compare('i1', 'i2'),
  profile: paths.profile(),
  accessTokens: paths.accessTokens(),
  advisories: paths.advisories(),
  system: paths.system(),
  api: paths.api(),
};

test.each(Object.entries(addresses))('%s leads to a page: %s', (_, address) => {
  const path = matchRoutes(routes, address)?.at(-1)?.route.path;
  expect(path).toBeDefined();
  expect(path).not.toBe('*');
});

test('any other address is answered by the page that says so', () => {
  expect(matchRoutes(routes, '/nowhere/at/all')?.at(-1)?.route.path).toBe('*');
});
