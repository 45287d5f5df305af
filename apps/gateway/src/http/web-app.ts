import { join } from 'node:path';
import express, { type Router } from 'express';

const yearSeconds = 365 * 24 * 3600;

/** The built web app. Files below `assets/` carry their content's hash in their name and never change. */
export function webAppRouter(folder: string): Router {
  const router = express.Router();
  // An address that is no text: the app says that there is no such page, as it does of any other.
  router.use((request, response, next) => {
    if (request.method === 'GET' && !isText(request.path)) response.set('cache-control', 'no-cache').sendFile('index.html', { root: folder });
    else next();
  });
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: yearSeconds * 1000, index: false, fallthrough: false }));
  router.use(express.static(folder, { index: false, setHeaders: (response) => response.set('cache-control', 'no-cache') }));
  // Every other address is a page of the app, which reads it itself.
  router.get('/{*page}', (request, response, next) => {
    if (request.accepts('html') === false) {
      next();
      return;
    }
    response.set('cache-control', 'no-cache').sendFile('index.html', { root: folder });
  });
  return router;
}

function isText(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
