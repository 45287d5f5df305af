import type { FileScanner } from '../cataloguer.js';
import { UniversalScanner } from '../universal-program.js';
import { ElfNativeImageScanner } from './elf-native-image-scanner.js';
import { MachNativeImageScanner } from './mach-native-image-scanner.js';
import type { NativeLibrary } from './parse-native-sbom.js';
import { PeNativeImageScanner } from './pe-native-image-scanner.js';

/** Looks for the SBOM of a GraalVM native image, in whatever format of programs its first 64 bytes are those of. */
export function nativeImageScanner(head: Buffer): FileScanner<readonly NativeLibrary[]> | undefined {
  return programScanner(head) ?? UniversalScanner.of(head, programScanner, (facts) => [...new Map(facts.flat().map((library) => [library.packageUrl, library])).values()]);
}

function programScanner(head: Buffer): FileScanner<readonly NativeLibrary[]> | undefined {
  return ElfNativeImageScanner.of(head) ?? PeNativeImageScanner.of(head) ?? MachNativeImageScanner.of(head);
}
