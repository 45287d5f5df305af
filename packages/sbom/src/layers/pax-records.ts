import { LayerFormatError } from './layer-format-error.js';

/**
 * Reads the records of a pax extended header (POSIX.1-2017, pax, "Extended Header"): `length key=value\n`, length in
 * decimal and counting itself. A later record of the same key wins.
 * @throws LayerFormatError for a record that does not keep to that.
 */
export function parsePaxRecords(content: Buffer): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  let offset = 0;
  while (offset < content.length) {
    const space = content.indexOf(0x20, offset);
    const digits = space < 0 ? '' : content.toString('latin1', offset, space);
    const length = /^[0-9]{1,10}$/.test(digits) ? Number(digits) : 0;
    const end = offset + length;
    if (end <= space + 1 || end > content.length || content[end - 1] !== 0x0a) {
      throw new LayerFormatError('a pax header record has a wrong length');
    }
    const equals = content.indexOf(0x3d, space + 1);
    if (equals < 0 || equals >= end) throw new LayerFormatError('a pax header record has no key');
    records.set(content.toString('utf8', space + 1, equals), content.toString('utf8', equals + 1, end - 1));
    offset = end;
  }
  return records;
}
