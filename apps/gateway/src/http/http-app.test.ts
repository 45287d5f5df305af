import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { finishScans } from '../test-support/stored-content.js';
import { startTestGateway } from '../test-support/test-gateway.js';

async function startWithImage() {
  const gateway = await startTestGateway();
  const session = await gateway.signIn();
  await gateway.query(
    `mutation { connect(input: { clientMutationId: "one", plugin: "ecr", variant: "public", name: "Public", images: [
      { reference: "public.ecr.aws/nginx/nginx:1.27", projectName: "Shop", projectVersion: "2.0" }] }) { __typename } }`,
    {},
    session,
  );
  finishScans(gateway.store);
  return { gateway, session };
}

/** A request whose `Host` is free to choose, which fetch does not allow. */
function statusFor(address: string, path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    httpRequest(`${address}${path}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

describe('an SBOM', () => {
  test('is downloaded in the formats the API names', async () => {
    const { gateway, session } = await startWithImage();
    const { data } = await gateway.query('{ images { edges { node { content { downloads { format label path } } } } } }', {}, session);
    const { images } = data as { images: { edges: { node: { content: { downloads: { format: string; label: string; path: string }[] } } }[] } };
    const downloads = images.edges[0]?.node.content.downloads ?? [];
    expect(downloads.map(({ format, label }) => [format, label])).toEqual([
      ['cyclonedx-1.6-json', 'CycloneDX 1.6 (JSON)'],
      ['cyclonedx-1.7-json', 'CycloneDX 1.7 (JSON)'],
      ['cyclonedx-1.6-xml', 'CycloneDX 1.6 (XML)'],
      ['cyclonedx-1.7-xml', 'CycloneDX 1.7 (XML)'],
      ['spdx-2.3-json', 'SPDX 2.3 (JSON)'],
      ['spdx-2.3-tag-value', 'SPDX 2.3 (tag-value)'],
      ['spdx-3.0.1-json', 'SPDX 3.0.1 (JSON-LD)'],
      ['components-csv', 'Components (CSV)'],
      ['github-snapshot', 'GitHub dependency snapshot (JSON)'],
    ]);

    const responses = await Promise.all(downloads.map(({ path }) => fetch(gateway.address + path, { headers: session })));

    expect(await Promise.all(responses.map(async (response) => [response.headers.get('content-disposition'), (await response.text()).split('\n').slice(0, 4).join(' ')]))).toEqual([
      ['attachment; filename="nginx_1.27_amd64.cdx.json"', expect.stringContaining('"specVersion": "1.6"')],
      ['attachment; filename="nginx_1.27_amd64.cdx.json"', expect.stringContaining('"specVersion": "1.7"')],
      ['attachment; filename="nginx_1.27_amd64.cdx.xml"', expect.stringContaining('http://cyclonedx.org/schema/bom/1.6')],
      ['attachment; filename="nginx_1.27_amd64.cdx.xml"', expect.stringContaining('http://cyclonedx.org/schema/bom/1.7')],
      ['attachment; filename="nginx_1.27_amd64.spdx.json"', expect.stringContaining('"spdxVersion": "SPDX-2.3"')],
      ['attachment; filename="nginx_1.27_amd64.spdx"', expect.stringContaining('SPDXVersion: SPDX-2.3')],
      ['attachment; filename="nginx_1.27_amd64.spdx3.json"', expect.stringContaining('https://spdx.org/rdf/3.0.1/spdx-context.jsonld')],
      ['attachment; filename="nginx_1.27_amd64.csv"', expect.stringContaining('name,version,ecosystem')],
      ['attachment; filename="nginx_1.27_amd64.github.json"', expect.stringContaining('"version": 0')],
    ]);
  });

  test('that cannot be read is an error, and the next one is written all the same', async () => {
    const { gateway, session } = await startWithImage();
    const [content] = gateway.store.contentRows;
    const whole = content?.catalogue;
    const status = async () => (await fetch(`${gateway.address}/api/images/${gateway.store.imageRows[0]?.id}/sbom`, { headers: session })).status;

    Object.assign(content ?? {}, { catalogue: '{}' });
    expect(await status()).toBe(500);
    Object.assign(content ?? {}, { catalogue: whole });
    expect(await status()).toBe(200);
  });

  test.each([
    ['without a session', '?format=spdx-2.3-json', false, [401, 'UNAUTHENTICATED']],
    ['in a format that is not written', '?format=pdf', true, [400, 'BAD_USER_INPUT']],
    ['in two formats at once', '?format=a&format=b', true, [400, 'BAD_USER_INPUT']],
  ])('is refused %s', async (_what, query, signedIn, expected) => {
    const { gateway, session } = await startWithImage();

    const response = await fetch(`${gateway.address}/api/images/${gateway.store.imageRows[0]?.id}/sbom${query}`, { headers: signedIn ? session : {} });

    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect([response.status, errors[0]?.extensions.code]).toEqual(expected);
  });

  test('of an image of another organisation does not exist', async () => {
    const { gateway, session } = await startWithImage();
    for (const image of gateway.store.imageRows) Object.assign(image, { organizationId: 'org_2' });

    const response = await fetch(`${gateway.address}/api/images/${gateway.store.imageRows[0]?.id}/sbom`, { headers: session });

    expect(response.status).toBe(404);
  });
});

describe('health and metrics', () => {
  test('health names what fails', async () => {
    const gateway = await startTestGateway();
    const health = async () => {
      const response = await fetch(`${gateway.address}/healthz`);
      return [response.status, await response.json()];
    };

    expect(await health()).toEqual([200, { status: 'ok', storage: 'ok', queue: 'ok' }]);
    gateway.jobs.scans.counts = () => Promise.reject(new Error('connect ECONNREFUSED'));
    expect(await health()).toEqual([503, { status: 'failing', storage: 'ok', queue: 'failing' }]);
  });

  test('metrics are for this machine, and not through a proxy', async () => {
    const gateway = await startTestGateway();
    await gateway.query('{ installation { version } }');

    const metrics = await (await fetch(`${gateway.address}/metrics`)).text();

    expect(metrics).toContain('esscm_graphql_operation_duration_seconds_count{type="query",outcome="succeeded"} 1');
    expect(metrics).toContain('esscm_queue_jobs{state="waiting"} 0');
    expect((await fetch(`${gateway.address}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(403);
  });
});

describe('a request', () => {
  test.each([
    ['localhost:4000', 200],
    ['127.0.0.1', 200],
    ['[::1]:4000', 200],
    ['esscm.attacker.example', 421],
    ['127.0.0.1.attacker.example', 421],
  ])('to a server on loopback under the name %j is answered %i', async (host, status) => {
    const gateway = await startTestGateway();

    expect(await statusFor(gateway.address, '/healthz', { host })).toBe(status);
  });

  test('under the public name is answered too', async () => {
    const gateway = await startTestGateway({ settings: { publicOrigin: 'https://esscm.example.org', setupCode: 'K7QM-2XPD' } });

    expect(await statusFor(gateway.address, '/healthz', { host: 'esscm.example.org' })).toBe(200);
  });

  test('to no address gets an answer in the usual form', async () => {
    const gateway = await startTestGateway();

    const response = await fetch(`${gateway.address}/api/nothing`);

    expect([response.status, await response.json()]).toEqual([
      404,
      { errors: [{ message: 'There is nothing at this address.', extensions: { code: 'NOT_FOUND', correlationId: response.headers.get('x-correlation-id') } }] },
    ]);
  });

  test('with a body that is not JSON is refused without an echo', async () => {
    const gateway = await startTestGateway();

    const response = await fetch(`${gateway.address}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"password":"canary' });

    const text = await response.text();
    expect([response.status, text.includes('canary'), text.includes('BAD_REQUEST')]).toEqual([400, false, true]);
  });
});

describe('the web app', () => {
  async function startWithWebApp() {
    const webFolder = await mkdtemp(join(tmpdir(), 'esscm-web-'));
    onTestFinished(() => rm(webFolder, { recursive: true, force: true }));
    await mkdir(join(webFolder, 'assets'));
    await writeFile(join(webFolder, 'index.html'), '<!doctype html><title>ESSCM</title>');
    await writeFile(join(webFolder, 'assets', 'index-1a2b.js'), `export const text = '${'x'.repeat(5000)}';`);
    return startTestGateway({ settings: { webFolder } });
  }

  test.each([
    ['/', { accept: 'text/html' }, [200, 'no-cache', 'text/html; charset=utf-8']],
    ['/connections/con_1?tab=activity', { accept: 'text/html' }, [200, 'no-cache', 'text/html; charset=utf-8']],
    ['/assets/index-1a2b.js', {}, [200, 'public, max-age=31536000, immutable', 'text/javascript; charset=utf-8']],
    ['/assets/gone.js', {}, [404, null, 'application/json; charset=utf-8']],
    ['/%', { accept: 'text/html' }, [200, 'no-cache', 'text/html; charset=utf-8']],
    ['/../package.json', {}, [200, 'no-cache', 'text/html; charset=utf-8']],
  ])('answers %s', async (path, headers, expected) => {
    const gateway = await startWithWebApp();

    const response = await fetch(gateway.address + path, { headers });

    expect([response.status, response.headers.get('cache-control'), response.headers.get('content-type')]).toEqual(expected);
  });

  test('is compressed, with brotli where the browser can', async () => {
    const gateway = await startWithWebApp();

    const encodings = ['br, gzip', 'gzip'].map(async (accepted) => {
      const response = await fetch(`${gateway.address}/assets/index-1a2b.js`, { headers: { 'accept-encoding': accepted } });
      await response.arrayBuffer();
      return response.headers.get('content-encoding');
    });

    expect(await Promise.all(encodings)).toEqual(['br', 'gzip']);
  });

  test('may run scripts of this server only', async () => {
    const gateway = await startWithWebApp();

    const { headers } = await fetch(gateway.address, { headers: { accept: 'text/html' } });

    const policy = headers.get('content-security-policy') ?? '';
    expect(policy.split(';').find((directive) => directive.startsWith('script-src'))).toBe("script-src 'self'");
    expect([headers.get('x-content-type-options'), headers.get('x-frame-options'), headers.get('referrer-policy'), headers.get('x-powered-by')]).toEqual([
      'nosniff',
      'DENY',
      'same-origin',
      null,
    ]);
  });
});
