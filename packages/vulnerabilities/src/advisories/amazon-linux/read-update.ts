import { z } from 'zod';
import { childOf, childText, descendants } from '../xml-elements.js';
import type { XmlElement } from '../xml-elements.js';

const text = z.string().max(256).regex(/^[^\n]*$/);

/** `<update>` of updateinfo.xml, as createrepo writes it; the fields used. */
const updateSchema = z.object({
  id: z.string().regex(/^ALAS[\w.+-]{3,100}$/),
  title: z.string(),
  issued: z.string(),
  updated: z.string(),
  severity: z.string().max(64),
  cves: z.array(z.string().regex(/^CVE-\d{4}-\d{4,}$/)).max(10_000),
  packages: z.array(z.object({ name: text.min(1), version: text.min(1), release: text, epoch: text, arch: text })).max(100_000),
});

/** One notice of one repository. */
export type AmazonUpdate = z.infer<typeof updateSchema>;

/** @throws ZodError when the notice has another form. */
export function readUpdate(update: XmlElement): AmazonUpdate {
  return updateSchema.parse({
    id: childText(update, 'id'),
    title: childText(update, 'title'),
    issued: childOf(update, 'issued')?.attributes['date'] ?? '',
    updated: childOf(update, 'updated')?.attributes['date'] ?? '',
    severity: childText(update, 'severity'),
    cves: descendants(update, 'reference').flatMap((reference) => (reference.attributes['type'] === 'cve' ? [reference.attributes['id'] ?? ''] : [])),
    packages: descendants(update, 'package').map(({ attributes }) => ({ name: attributes['name'], version: attributes['version'], release: attributes['release'] ?? '', epoch: attributes['epoch'] ?? '0', arch: attributes['arch'] ?? '' })),
  });
}

/** `2022-06-06 17:58` in UTC as RFC 3339; empty when it is no date. */
export function momentOf(date: string): string {
  const moment = new Date(`${date.replace(' ', 'T').replace(/Z$/, '')}Z`);
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString();
}
