/**
 * What this package uses of node:http and node:https. Their forms as ES modules read every export at once, and one of them
 * loads all of `fetch`: 30 ms that a command would pay which reads a local image.
 */
export const { Agent: HttpAgent, request: httpRequest } = process.getBuiltinModule('node:http');
export const { Agent: HttpsAgent, request: httpsRequest } = process.getBuiltinModule('node:https');
