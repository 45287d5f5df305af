import type { BaseImage } from '../catalogue.js';

/** One step of a build, oldest first, as an image configuration's history has it. */
export interface BuildStep {
  readonly createdBy?: string;
  /** True for a step that made no layer. */
  readonly emptyLayer: boolean;
}

/** Annotations of the OCI image specification, which builders write as labels, too. */
const nameLabel = 'org.opencontainers.image.base.name';
const digestLabel = 'org.opencontainers.image.base.digest';

/** How BuildKit and the older builder write an instruction that sets what an image runs. */
const command = /^(?:\/bin\/sh -c #\(nop\)\s+)?(?:CMD|ENTRYPOINT)\b/;

/**
 * Tells what an image was built on. Nearly every published base ends with an instruction that sets its command; steps
 * after it that made layers are the image's own. Steps at the very end are the image's own, too, whatever they set. An
 * image whose own build sets a command early and goes on would be misread, which is why the answer says how it is known.
 * @param layerCount of the whole image; a history that does not speak of as many layers is not used
 */
export function findBaseImage(labels: Readonly<Record<string, string>>, history: readonly BuildStep[], layerCount: number): BaseImage | undefined {
  const [name, digest] = [labels[nameLabel], labels[digestLabel]];
  const named = { ...(name === undefined || name === '' ? {} : { name }), ...(digest === undefined || digest === '' ? {} : { digest }) };
  const layers = baseLayers(history, layerCount);
  if (layers !== undefined) return { layerCount: layers, ...named, knownBy: 'history' };
  return Object.keys(named).length === 0 ? undefined : { ...named, knownBy: 'labels' };
}

function baseLayers(history: readonly BuildStep[], layerCount: number): number | undefined {
  if (history.filter(({ emptyLayer }) => !emptyLayer).length !== layerCount) return undefined;
  const lastLayer = history.findLastIndex(({ emptyLayer }) => !emptyLayer);
  const end = history.findLastIndex(({ createdBy = '', emptyLayer }, index) => index < lastLayer && emptyLayer && command.test(createdBy));
  if (end < 0) return undefined;
  const layers = history.slice(0, end).filter(({ emptyLayer }) => !emptyLayer).length;
  return layers === 0 ? undefined : layers;
}
