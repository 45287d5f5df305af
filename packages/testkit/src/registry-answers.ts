import type { ServerResponse } from 'node:http';

export function sendJson(response: ServerResponse, status: number, body: unknown, contentType = 'application/json'): void {
  sendBytes(response, status, Buffer.from(JSON.stringify(body)), contentType);
}

/** The error body of the OCI distribution specification. */
export function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  sendJson(response, status, { errors: [{ code, message }] });
}

export function sendBytes(response: ServerResponse, status: number, body: Buffer, contentType: string): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': body.length }).end(body);
}
