import { formatCount } from '../../formats/format-count.js';

interface Hidden {
  readonly componentCount: number;
  readonly components: readonly { readonly name: string; readonly version: string; readonly layerIndex: number }[];
}

/** "hides log4j-core 2.14.1 of layer 9 and 3 more"; layers are counted from one. */
export function hidesText({ componentCount, components: [first] }: Hidden): string {
  if (first === undefined) return '';
  const more = componentCount - 1;
  return `hides ${`${first.name} ${first.version}`.trim()} of layer ${first.layerIndex + 1}${more === 0 ? '' : ` and ${formatCount(more)} more`}`;
}
