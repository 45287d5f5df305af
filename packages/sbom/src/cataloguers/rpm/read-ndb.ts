const headerMagic = 0x506d7052; // "RpmP", little-endian
const slotMagic = 0x746f6c53; // "Slot"
const blobMagic = 0x53626c42; // "BlbS"

const slotBytes = 16;
const slotPageBytes = 4096;
/** Unit of the places and lengths of blobs. */
const blockBytes = 16;
const blobHeaderBytes = 16;
/** The file's own header takes the place of two slots. */
const firstSlot = 2;

/** Whether the file is a database of rpm's own format. */
export function isNdb(content: Buffer): boolean {
  return content.length >= slotPageBytes && content.readUInt32LE(0) === headerMagic;
}

/**
 * The records of `Packages.db`, rpm's own format (SUSE; rpm sources, lib/backend/ndb): pages of slots, each naming a
 * package and the place of its header.
 * @returns the values; slots that name no blob of their package are left out and counted
 */
export function readNdb(content: Buffer): { readonly records: readonly Buffer[]; readonly broken: number } {
  if (!isNdb(content) || content.readUInt32LE(4) !== 0) return { records: [], broken: 1 };
  const slotEnd = Math.min(content.readUInt32LE(12) * slotPageBytes, content.length - slotBytes + 1);
  const records: Buffer[] = [];
  let broken = 0;
  // Blobs of real files never overlap, so together they are no longer than the file.
  let left = content.length;
  for (let offset = firstSlot * slotBytes; offset < slotEnd; offset += slotBytes) {
    const packageIndex = content.readUInt32LE(offset + 4);
    if (content.readUInt32LE(offset) !== slotMagic || packageIndex === 0) continue;
    const blob = readBlob(content, content.readUInt32LE(offset + 8) * blockBytes, packageIndex);
    if (blob === undefined || blob.length > left) {
      broken += 1;
      continue;
    }
    left -= blob.length;
    records.push(blob);
  }
  return { records, broken };
}

function readBlob(content: Buffer, offset: number, packageIndex: number): Buffer | undefined {
  if (offset + blobHeaderBytes > content.length) return undefined;
  const length = content.readUInt32LE(offset + 12);
  const start = offset + blobHeaderBytes;
  const isOwn = content.readUInt32LE(offset) === blobMagic && content.readUInt32LE(offset + 4) === packageIndex;
  return isOwn && start + length <= content.length ? content.subarray(start, start + length) : undefined;
}
