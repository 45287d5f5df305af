import { expect, test } from 'vitest';
import { storageAdvice } from './storage-advice.js';

const ending = ', and is made for up to 1,000 images with 150,000 findings: lists over all images take long. Set DATABASE_URL to a PostgreSQL server and connect the registries there.';

test.each([
  { storage: 'embedded', images: 0, findings: 0, holds: undefined },
  { storage: 'embedded', images: 1000, findings: 150_000, holds: undefined },
  { storage: 'embedded', images: 1001, findings: 150_000, holds: '1,001 images' },
  { storage: 'embedded', images: 12, findings: 150_001, holds: '150,001 findings' },
  { storage: 'embedded', images: 10_000, findings: 3_120_000, holds: '10,000 images and 3,120,000 findings' },
  { storage: 'postgresql', images: 10_000, findings: 3_120_000, holds: undefined },
] as const)('$storage with $images images and $findings findings: $holds', ({ storage, holds, ...held }) => {
  expect(storageAdvice(storage, held)).toBe(holds === undefined ? undefined : `The embedded database holds ${holds}${ending}`);
});
