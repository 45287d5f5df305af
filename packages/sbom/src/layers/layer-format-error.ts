/** Bytes that are not the format they should be. `readLayer` turns it into an `SbomError` that names the layer. */
export class LayerFormatError extends Error {
  override readonly name = 'LayerFormatError';
}

/** A bound that the bytes exceed. `readLayer` turns it into an `SbomError` of code `limit`. */
export class LayerLimitError extends Error {
  override readonly name = 'LayerLimitError';
}
