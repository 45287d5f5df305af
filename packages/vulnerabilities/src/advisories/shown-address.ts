/**
 * An address as users and logs may see it. The query of an operator's mirror can hold a signature or a token, which lets whoever
 * reads it fetch as the operator.
 */
export function shownAddress(address: string): string {
  return address.replace(/[?#].*$/s, '');
}
