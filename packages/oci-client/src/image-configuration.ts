import type { DiffId } from './digest.js';
import { OciError } from './errors.js';
import type { HistoryEntry, ImageConfiguration } from './image-source.js';
import { parseJson } from './manifest-document.js';
import type { Platform } from './platform.js';
import { configurationSchema, type ConfigurationDocument } from './schemas.js';

/** An image configuration and what only assembling an image needs of it. */
export interface ReadConfiguration {
  readonly configuration: ImageConfiguration;
  /** Undefined when the configuration does not say. */
  readonly platform: Platform | undefined;
  /** Base layer first. */
  readonly diffIds: readonly DiffId[];
}

/** @throws OciError of code `protocol` when the bytes are not an image configuration */
export function readConfiguration(bytes: Uint8Array, subject: string): ReadConfiguration {
  const document = configurationSchema.safeParse(parseJson(bytes, subject)).data;
  if (document === undefined) {
    throw new OciError({ code: 'protocol', message: `The ${subject} is not a configuration as the OCI image specification defines it.` });
  }
  return {
    configuration: configurationOf(document),
    platform: platformOf(document),
    diffIds: document.rootfs.diff_ids ?? [],
  };
}

/**
 * The build instruction of each layer, when the history has as many entries that made a layer as there are layers;
 * otherwise nothing is said of any layer, as a shifted attribution would be wrong for all.
 */
export function instructionsOf(history: readonly HistoryEntry[], layers: number): readonly (string | undefined)[] {
  const entries = history.filter((entry) => !entry.emptyLayer);
  if (entries.length !== layers) return Array.from({ length: layers }, () => undefined);
  return entries.map((entry) => (entry.createdBy === '' ? undefined : entry.createdBy));
}

function configurationOf(document: ConfigurationDocument): ImageConfiguration {
  const { config, created, author } = document;
  return {
    ...(created === undefined ? {} : { created }),
    ...(author === undefined || author === '' ? {} : { author }),
    labels: config?.Labels ?? {},
    entrypoint: config?.Entrypoint ?? [],
    command: config?.Cmd ?? [],
    environment: config?.Env ?? [],
    ...(config?.WorkingDir === undefined || config.WorkingDir === '' ? {} : { workingDirectory: config.WorkingDir }),
    ...(config?.User === undefined || config.User === '' ? {} : { user: config.User }),
    history: (document.history ?? []).map((entry) => ({
      ...(entry.created === undefined ? {} : { created: entry.created }),
      ...(entry.created_by === undefined ? {} : { createdBy: entry.created_by }),
      ...(entry.comment === undefined ? {} : { comment: entry.comment }),
      emptyLayer: entry.empty_layer ?? false,
    })),
  };
}

function platformOf(document: ConfigurationDocument): Platform | undefined {
  const { os, architecture, variant } = document;
  if (os === undefined || os === '' || architecture === undefined || architecture === '') return undefined;
  return platformFrom({ os, architecture, variant, 'os.version': document['os.version'] });
}

/** From the fields as an index or a configuration writes them. */
export function platformFrom(fields: {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string | undefined;
  readonly 'os.version': string | undefined;
}): Platform {
  const osVersion = fields['os.version'];
  return {
    os: fields.os,
    architecture: fields.architecture,
    ...(fields.variant === undefined || fields.variant === '' ? {} : { variant: fields.variant }),
    ...(osVersion === undefined || osVersion === '' ? {} : { osVersion }),
  };
}
