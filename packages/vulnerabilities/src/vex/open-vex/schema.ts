import { z } from 'zod';
import { vexJustifications, vexStatuses } from '../vex-document.js';
import { vexLimits } from '../vex-reader.js';

const text = z.string().max(vexLimits.text);
const time = z.string().max(64).refine((value) => !Number.isNaN(Date.parse(value)), 'it is no time');
const identifiers = z.object({ purl: text.optional(), cpe22: text.optional(), cpe23: text.optional() }).optional();
const hashes = z.record(z.string(), z.string().max(256)).optional();
const subcomponent = z.union([text, z.object({ '@id': text.optional(), identifiers, hashes })]);
const product = z.union([text, z.object({ '@id': text.optional(), identifiers, hashes, subcomponents: z.array(subcomponent).nullish() })]);

/** One statement; product and vulnerability as plain texts are of version 0.0.1 of the specification. */
export const openVexStatementSchema = z.object({
  vulnerability: z.union([text, z.object({ '@id': text.optional(), name: text.optional(), aliases: z.array(text).max(1_000).nullish() })]),
  timestamp: time.optional(),
  last_updated: time.optional(),
  products: z.array(product).nullish(),
  subcomponents: z.array(subcomponent).nullish(),
  status: z.enum(vexStatuses),
  justification: z.enum(vexJustifications).optional().or(z.literal('').transform(() => undefined)),
  status_notes: text.optional(),
  impact_statement: text.optional(),
  action_statement: text.optional(),
});

/** The fields of an OpenVEX document that are used (https://github.com/openvex/spec, 0.2.0); its statements are checked one by one. */
export const openVexSchema = z.object({
  '@id': text,
  author: text,
  timestamp: time,
  last_updated: time.optional(),
  version: z.union([z.number(), text]),
  statements: z.array(z.unknown()).max(vexLimits.statements),
});
