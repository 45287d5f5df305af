/** `AKIA…3K`: enough to recognise a key by, too little to be of use. */
export function maskAccessKeyId(accessKeyId: string): string {
  return `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-2)}`;
}
