import { CommandError } from '../exit-codes.js';

/** Why an address could not be listened on, in words a user can act on; any other error as it is. */
export function explainListening(error: unknown, { host, port }: { readonly host: string; readonly port: number }): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return new CommandError(`Port ${port} of ${host} is in use by another program, perhaps ESSCM itself.`, { remedy: `End the other program, or choose another port: PORT=${port + 1} npm start`, cause: error });
    case 'EACCES':
      return new CommandError(`Port ${port} may not be listened on by this user.`, { remedy: 'Choose a port above 1023 with PORT.', cause: error });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new CommandError(`${host} is no address of this machine.`, { remedy: 'Set HOST to one of its addresses, or to 0.0.0.0 for all of them.', cause: error });
    default:
      return error;
  }
}
