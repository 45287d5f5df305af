import {
  anonymousAuthentication,
  basicAuthentication,
  createDialPolicy,
  createDockerArchiveImageSource,
  createOciLayoutImageSource,
  createRegistryImageSource,
  InvalidReferenceError,
  isLoopbackHost,
  parseReference,
  RegistryClient,
} from '@esscm/oci-client';
import type { ImageSource } from '@esscm/oci-client';
import { CommandError, exitCodes } from '../exit-codes.js';
import type { ParsedSource } from './parse-source.js';

/** The forms of a SOURCE argument that are images. */
type ImageSourceForm = Exclude<ParsedSource, { readonly kind: 'document' }>;

export interface OpenSourceOptions {
  readonly username?: string;
  readonly password?: string;
  /** Speak HTTP; only to this machine. */
  readonly plainHttp: boolean;
}

export interface OpenedSource {
  readonly source: ImageSource;
  /** How the image is called in the document. */
  readonly image: { readonly name: string; readonly tag?: string };
  /** Where it is pulled from, for what is attached to it; absent for local files. */
  readonly registry?: { readonly client: RegistryClient; readonly repository: string };
}

/**
 * Opens the image that a SOURCE argument names. Private networks may be reached: the person at the terminal could anyway.
 * @throws CommandError with the usage status when the text is no reference
 */
export function openSource(parsed: ImageSourceForm, options: OpenSourceOptions): OpenedSource {
  switch (parsed.kind) {
    case 'oci-layout':
      return {
        source: createOciLayoutImageSource({ folder: parsed.folder, ...(parsed.tag === undefined ? {} : { tag: parsed.tag }) }),
        image: { name: parsed.name, ...(parsed.tag === undefined ? {} : { tag: parsed.tag }) },
      };
    case 'docker-archive':
      return { source: createDockerArchiveImageSource({ file: parsed.file }), image: { name: parsed.name } };
    case 'registry':
      return openRegistry(parsed.text, options);
  }
}

function openRegistry(text: string, options: OpenSourceOptions): OpenedSource {
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
