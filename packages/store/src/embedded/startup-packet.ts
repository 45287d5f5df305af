import { ProtocolViolation } from './frontend-frames.js';

/** What the first packet of a connection asks for (PostgreSQL 18 documentation, section 54.7). */
export type StartupRequest =
  | { readonly kind: 'start'; readonly parameters: ReadonlyMap<string, string> }
  | { readonly kind: 'encryption' }
  | { readonly kind: 'cancel'; readonly processId: number; readonly secretKey: number };

const PROTOCOL_MAJOR = 3;
const CANCEL_REQUEST = 80_877_102;
const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;

/** Reads the body of a packet without type letter. Throws `ProtocolViolation`. */
export function readStartupPacket(body: Buffer): StartupRequest {
  if (body.byteLength < 4) throw new ProtocolViolation('start-up packet is too short');
  const code = body.readInt32BE(0);
  if (code === SSL_REQUEST || code === GSS_REQUEST) return { kind: 'encryption' };
  if (code === CANCEL_REQUEST) {
    if (body.byteLength < 12) throw new ProtocolViolation('cancel request is too short');
    return { kind: 'cancel', processId: body.readInt32BE(4), secretKey: body.readInt32BE(8) };
  }
  if (code >> 16 !== PROTOCOL_MAJOR) throw new ProtocolViolation(`unsupported protocol version ${code >> 16}`);
  const words = body.toString('utf8', 4).split('\0');
  const parameters = new Map<string, string>();
  for (let index = 0; index + 1 < words.length; index += 2) {
    const name = words[index];
    const value = words[index + 1];
    if (name === undefined || name === '' || value === undefined) break;
    parameters.set(name, value);
  }
  return { kind: 'start', parameters };
}

/** Start-up parameters that are not run-time settings. */
const NOT_SETTINGS = new Set(['user', 'database', 'options', 'replication', 'application_name', 'client_encoding']);

/**
 * The run-time settings a connection asked for: start-up parameters that are settings, then `options`
 * (`-c name=value` or `--name=value`, blanks escaped by a backslash), later ones winning.
 */
export function readConnectionSettings(parameters: ReadonlyMap<string, string>): Map<string, string> {
  const settings = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (!NOT_SETTINGS.has(name) && !name.startsWith('_pq_.')) settings.set(settingName(name), value);
  }
  const words = splitOptions(parameters.get('options') ?? '');
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    let assignment: string | undefined;
    if (word === '-c') {
      index += 1;
      assignment = words[index];
    } else if (word.startsWith('-c') || word.startsWith('--')) {
      assignment = word.slice(2);
    }
    const equals = assignment?.indexOf('=') ?? -1;
    if (assignment === undefined || equals < 1) throw new ProtocolViolation(`connection option "${word}" is not understood`);
    settings.set(settingName(assignment.slice(0, equals)), assignment.slice(equals + 1));
  }
  return settings;
}

function settingName(name: string): string {
  return name.replaceAll('-', '_').toLowerCase();
}

function splitOptions(options: string): string[] {
  const words: string[] = [];
  for (const match of options.matchAll(/(?:\\.|[^\s\\])+/gs)) words.push(match[0].replaceAll(/\\(.)/gs, '$1'));
  return words;
}
