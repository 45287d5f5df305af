import { once } from 'node:events';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface SlowRegistry extends AsyncDisposable {
  /** Of the image, as `esscm scan --plain-http` takes it. */
  readonly reference: string;
  readonly blobAddresses: readonly string[];
}

/** The image of a layout behind a registry that gives each connection so many bytes a second. */
export async function startSlowRegistry(layout: string, bytesPerSecond: number): Promise<SlowRegistry> {
  const index = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8')) as { manifests: { digest: string; mediaType: string }[] };
  const [described] = index.manifests;
  const blob = (digest: string): string => join(layout, 'blobs', digest.replace(':', '/'));
  const manifest = readFileSync(blob(described?.digest ?? ''));
  const server = createServer((request, response) => {
    void (async () => {
      const digest = /\/blobs\/(sha256:[0-9a-f]{64})$/.exec(request.url ?? '')?.[1];
      if (digest === undefined) {
        response.setHeader('content-type', described?.mediaType ?? '');
        response.end(request.url === '/v2/' ? '{}' : manifest);
        return;
      }
      response.setHeader('content-length', statSync(blob(digest)).size);
      const began = performance.now();
      let sent = 0;
      const closed = new Promise((resolve) => response.once('close', resolve));
      for await (const chunk of createReadStream(blob(digest), { highWaterMark: 64 * 1024 })) {
        if (response.destroyed) return;
        if (!response.write(chunk)) await Promise.race([once(response, 'drain'), closed]);
        sent += (chunk as Buffer).length;
        const ahead = (sent / bytesPerSecond) * 1000 - (performance.now() - began);
        if (ahead > 5) await delay(ahead);
      }
      response.end();
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const { layers } = JSON.parse(manifest.toString()) as { layers: { digest: string }[] };
  return {
    reference: `${host}/bench:latest`,
    blobAddresses: layers.map(({ digest }) => `http://${host}/v2/bench/blobs/${digest}`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
