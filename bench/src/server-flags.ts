/** Of Node.js: a server is started with these, by `npm start` and by `bin/esscm serve`. */
export const serverFlags: readonly string[] = ['--max-semi-space-size=16', '--liftoff-only'];
