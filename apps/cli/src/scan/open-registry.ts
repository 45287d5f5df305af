import { anonymousAuthentication, basicAuthentication, createDialPolicy, createRegistryImageSource, InvalidReferenceError, isLoopbackHost, parseReference, RegistryClient } from '@esscm/oci-client';
import { CommandError, exitCodes } from '../exit-codes.js';
import type { OpenedSource, OpenSourceOptions } from './opened-source.js';

/** Opens an image of a registry. @throws CommandError with the usage status when the text is no reference */
export function openRegistry(text: string, options: OpenSourceOptions): OpenedSource {
  try {
    const reference = parseReference(text);
    if (options.plainHttp && !isLoopbackHost(reference.host.replace(/:\d+$/, ''))) {
      throw new CommandError(`--plain-http is for registries on this machine; ${reference.host} is another one.`, {
        exitCode: exitCodes.usage,
        remedy: 'Leave --plain-http out: anyone on the way could read the password and change the image.',
      });
    }
    const client = new RegistryClient({
      host: reference.host,
      plainHttp: options.plainHttp,
      authentication:
        options.username === undefined
          ? anonymousAuthentication
          : basicAuthentication({ username: options.username, password: options.password ?? '' }),
      dialer: createDialPolicy({ allowLoopback: true, allowPrivateNetworks: ['0.0.0.0/0', '::/0'] }),
    });
    return {
      source: createRegistryImageSource({
        client,
        repository: reference.repository,
        reference: reference.digest ?? reference.tag ?? 'latest',
        description: text,
      }),
      image: {
        name: `${reference.host}/${reference.repository}`,
        ...(reference.tag === undefined ? {} : { tag: reference.tag }),
      },
      registry: { client, repository: reference.repository },
    };
  } catch (error) {
    if (!(error instanceof InvalidReferenceError)) throw error;
    throw new CommandError(error.message, {
      exitCode: exitCodes.usage,
      remedy: 'Give a full reference (registry/repository:tag), oci:FOLDER[:tag] or docker-archive:FILE.',
      cause: error,
    });
  }
}
