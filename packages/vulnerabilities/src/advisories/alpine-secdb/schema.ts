import { z } from 'zod';

/** https://secdb.alpinelinux.org: fixes of one repository of one branch, by package (origin), version and identifiers. */
export const secdbSchema = z.object({
  distroversion: z.string().regex(/^(?:edge|v\d+\.\d+)$/),
  reponame: z.string().max(64),
  packages: z.array(z.object({ pkg: z.object({ name: z.string().min(1).max(256), secfixes: z.unknown() }) })).max(100_000).nullable(),
});

/** Versions, `0` for not affected, with what each fixes. */
export const secfixesSchema = z.record(z.string().min(1).max(256).regex(/^[^\n]+$/), z.array(z.string().max(1_000)).max(10_000).nullable());

/** https://gitlab.alpinelinux.org/alpine/security/security-rejections: identifiers that do not concern a package, by package. */
export const rejectionsSchema = z.record(z.string().min(1).max(256), z.unknown()).nullable();
