import { z } from 'zod';

/** Topic of every change of every scan. The payload is a hint: readers load the row by its id. */
export const scanChangeTopic = 'scan';

/** What is published on {@link scanChangeTopic}. */
export const scanChangeSchema = z.object({ scanId: z.string().max(200), sequence: z.number() });
