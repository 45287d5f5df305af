/**
 * A name of the form of CPE 2.3 (NISTIR 7695, 6.2) for an application.
 * @param vendorAndProduct `vendor:product`
 */
export function cpeName(vendorAndProduct: string, version: string): string {
  const [vendor = '', product = ''] = vendorAndProduct.split(':');
  return `cpe:2.3:a:${quoted(vendor)}:${quoted(product)}:${quoted(version)}:*:*:*:*:*:*:*`;
}

/** Letters, digits, `_`, `-` and `.` stand for themselves. */
function quoted(value: string): string {
  return value.toLowerCase().replaceAll(/[^a-z0-9_.-]/g, String.raw`\$&`);
}
