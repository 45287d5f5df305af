import { z } from 'zod';
import { parseJson } from './parse-json.js';

const envelope = z.object({ payloadType: z.literal('application/vnd.in-toto+json'), payload: z.base64() });
const statement = z.object({ _type: z.string().startsWith('https://in-toto.io/Statement/'), predicateType: z.string(), predicate: z.unknown() });

/**
 * The SBOM inside an in-toto statement, as BuildKit and cosign attach it to images, with or without its DSSE envelope; anything
 * else as it is. Signatures are not looked at.
 */
export function unwrapStatement(parsed: unknown, maximumDepth: number): unknown {
  const sealed = envelope.safeParse(parsed);
  if (sealed.success) {
    const bytes = Buffer.from(sealed.data.payload, 'base64');
    return unwrapStatement(parseJson(bytes, bytes.toString('utf8'), maximumDepth), maximumDepth);
  }
  const stated = statement.safeParse(parsed);
  if (!stated.success) return parsed;
  const { predicate } = stated.data;
  // cosign once put the document beside a time stamp.
  const { success, data } = z.object({ Data: z.looseObject({}) }).safeParse(predicate);
  return success ? data.Data : predicate;
}
