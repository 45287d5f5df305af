import { z } from 'zod';

/** What is published on `scanChangeTopic`. */
export const scanChangeSchema = z.object({ scanId: z.string().max(200), sequence: z.number() });
