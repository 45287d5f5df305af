import { z } from 'zod';

/** Topic of every row of every verification. The payload is a hint: readers load the draft or connection by its id. */
export const verificationTopic = 'verification';

/** What is published on {@link verificationTopic}. */
export const verificationChangeSchema = z.object({ id: z.string().max(200) });
