interface Listed {
  readonly search: string;
  readonly ecosystem: string;
  readonly layerIndex: number | undefined;
  /** Undefined for all; empty for those that declare none. */
  readonly licence: string | undefined;
  readonly sort: string;
  readonly reversed: boolean;
}

/** Where the components of an image that fit are as a table, in the same order. */
export function imageComponentsCsvAddress(imageId: string, { search, ecosystem, layerIndex, licence, sort, reversed }: Listed): string {
  const query = new URLSearchParams({ sort: sort.toLowerCase() });
  if (reversed) query.set('reversed', 'true');
  if (search !== '') query.set('search', search);
  if (ecosystem !== '') query.set('ecosystem', ecosystem);
  if (layerIndex !== undefined) query.set('layerIndex', String(layerIndex));
  if (licence !== undefined) query.set('licence', licence);
  return `/api/images/${encodeURIComponent(imageId)}/components.csv?${query.toString()}`;
}
