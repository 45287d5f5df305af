import { BlockList, isIP } from 'node:net';

type Family = 'ipv4' | 'ipv6';

export type RefusedNetwork =
  | 'loopback'
  | 'private'
  | 'shared'
  | 'link-local'
  | 'metadata'
  | 'unique-local'
  | 'multicast'
  | 'unspecified'
  | 'reserved';

/** IANA special-purpose registries (IPv4 and IPv6), and the metadata addresses of the cloud providers. First match wins. */
const networks: readonly (readonly [kind: RefusedNetwork, network: string])[] = [
  ['metadata', '169.254.169.254/32'],
  ['metadata', '169.254.170.0/23'],
  ['metadata', '100.100.100.200/32'],
  ['metadata', '192.0.0.192/32'],
  ['metadata', 'fd00:ec2::/32'],
  ['metadata', 'fd20:ce::254/128'],
  ['loopback', '127.0.0.0/8'],
  ['loopback', '::1/128'],
  ['unspecified', '0.0.0.0/8'],
  ['unspecified', '::/128'],
  ['private', '10.0.0.0/8'],
  ['private', '172.16.0.0/12'],
  ['private', '192.168.0.0/16'],
  ['shared', '100.64.0.0/10'],
  ['link-local', '169.254.0.0/16'],
  ['link-local', 'fe80::/10'],
  ['unique-local', 'fc00::/7'],
  ['multicast', '224.0.0.0/4'],
  ['multicast', 'ff00::/8'],
  ['reserved', '192.0.0.0/24'],
  ['reserved', '192.0.2.0/24'],
  ['reserved', '192.88.99.0/24'],
  ['reserved', '198.18.0.0/15'],
  ['reserved', '198.51.100.0/24'],
  ['reserved', '203.0.113.0/24'],
  ['reserved', '240.0.0.0/4'],
  ['reserved', 'fec0::/10'],
  ['reserved', '64:ff9b:1::/48'],
  ['reserved', '100::/64'],
  ['reserved', '2001::/32'],
  ['reserved', '2001:db8::/32'],
  ['reserved', '5f00::/16'],
];

let blockLists: readonly { readonly kind: RefusedNetwork; readonly list: BlockList }[] | undefined;

/**
 * A list to test addresses against.
 * @throws RangeError for a text that is not an address and a prefix length, such as `10.20.0.0/16`
 */
export function networkList(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', prefix = '', ...rest] = cidr.split('/');
    const version = isIP(address);
    const bits = version === 4 ? 32 : 128;
    if (version === 0 || rest.length > 0 || !/^[0-9]{1,3}$/.test(prefix) || Number(prefix) > bits) {
      throw new RangeError(`"${cidr}" is not a network: write an address and a prefix length, such as 10.20.0.0/16.`);
    }
    list.addSubnet(address, Number(prefix), version === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

/** The address is a valid one: `isIP` has said so. */
export function familyOf(address: string): Family {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}

/** The special network an address lies in, or undefined for one of the public internet. */
export function specialNetworkOf(address: string): RefusedNetwork | undefined {
  const family = familyOf(address);
  blockLists ??= networks.map(([kind, network]) => ({ kind, list: networkList([network]) }));
  return blockLists.find(({ list }) => list.check(address, family))?.kind;
}

/**
 * The IPv4 address inside an IPv6 one that leads to it: mapped (`::ffff:a.b.c.d`), compatible (`::a.b.c.d`), translated
 * (`::ffff:0:a.b.c.d`), NAT64 (`64:ff9b::/96`) and 6to4 (`2002::/16`). Undefined for every other address.
 */
export function embeddedIPv4(address: string): string | undefined {
  const groups = ipv6Groups(address);
  if (groups === undefined) return undefined;
  const startsWith = (...wanted: readonly number[]): boolean => wanted.every((group, index) => groups[index] === group);
  const dotted = (high: number | undefined, low: number | undefined): string =>
    [(high ?? 0) >> 8, (high ?? 0) & 255, (low ?? 0) >> 8, (low ?? 0) & 255].join('.');
  if (startsWith(0x2002)) return dotted(groups[1], groups[2]);
  const lastFour = dotted(groups[6], groups[7]);
  if (startsWith(0, 0, 0, 0, 0, 0xffff) || startsWith(0, 0, 0, 0, 0xffff, 0) || startsWith(0x64, 0xff9b, 0, 0, 0, 0)) return lastFour;
  // `::` and `::1` are addresses of their own, not compatible forms.
  const compatible = startsWith(0, 0, 0, 0, 0, 0) && (groups[6] !== 0 || (groups[7] ?? 0) > 1);
  return compatible ? lastFour : undefined;
}

function ipv6Groups(address: string): readonly number[] | undefined {
  if (isIP(address) !== 6) return undefined;
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const text =
    dotted === null
      ? address
      : `${dotted[1]}${((Number(dotted[2]) << 8) | Number(dotted[3])).toString(16)}:${((Number(dotted[4]) << 8) | Number(dotted[5])).toString(16)}`;
  const [head = '', tail] = text.split('::');
  const parse = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const left = parse(head);
  const right = tail === undefined ? [] : parse(tail);
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
}
