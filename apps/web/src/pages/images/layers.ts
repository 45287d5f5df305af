interface Layer {
  readonly index: number;
  readonly sizeBytes: string;
}

/** A build instruction for reading, without the shell around it: `/bin/sh -c #(nop) CMD ["bash"]` is `CMD ["bash"]`. */
export function layerInstruction(createdBy: string | null | undefined): string {
  if (createdBy == null || createdBy.trim() === '') return 'Instruction not recorded';
  const text = createdBy.replaceAll(/\s+/g, ' ').trim();
  const plain = text.replace(/^(\/bin\/sh -c )?#\(nop\)\s*/, '').replace(/\s*# buildkit$/, '');
  const run = plain.replace(/^(RUN )?(\|\d+ (\S+=\S* )*)?\/bin\/sh -c /, 'RUN ');
  return run.trim();
}

/** The largest layers, largest first. */
export function largestLayers<Some extends Layer>(layers: readonly Some[], count: number): readonly Some[] {
  return [...layers].sort((left, right) => Number(right.sizeBytes) - Number(left.sizeBytes)).slice(0, count);
}
