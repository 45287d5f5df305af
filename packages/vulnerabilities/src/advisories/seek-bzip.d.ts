/** The part of the package that is used; it brings no types. */
declare module 'seek-bzip' {
  interface ByteSource {
    /** The next byte. */
    readByte(): number;
    /** As many bytes as asked for. */
    read(buffer: Uint8Array, offset: number, length: number): number;
    eof(): boolean;
  }
  interface ByteSink {
    writeByte(byte: number): void;
  }
  const bunzip: {
    /** Unfolds a whole file, checking the checksum of every block. @throws TypeError when it is damaged. */
    decode(input: ByteSource, output: ByteSink, multistream: boolean): void;
  };
  export default bunzip;
}
