import type { ResolveReferenceQuery } from '../gql/graphql.js';
import type { ChosenImage } from './chosen-image.js';

type Answer = ResolveReferenceQuery['resolveReference'];

/** A typed reference with what became of it: an image, or why not. */
export interface ResolvedChoice {
  readonly reference: string;
  readonly image?: ChosenImage;
  readonly problem?: string;
  /** The registry limits requests: to be asked again after this, without anything being wrong with the reference. */
  readonly retryAfterMs?: number;
}

/** Asks for one reference; a failure of the question itself is a problem like any other, never thrown. */
export async function resolveReference(reference: string, ask: () => Promise<Answer | undefined>): Promise<ResolvedChoice> {
  try {
    const answer = await ask();
    switch (answer?.__typename) {
      case 'ResolvedReference':
        return { reference, image: chosenImage(answer) };
      case 'ValidationProblem':
        return { reference, problem: answer.issues[0]?.message ?? answer.message };
      case 'RegistryProblem':
        return {
          reference,
          problem: [answer.message, answer.remedy ?? ''].join(' ').trim(),
          ...(answer.retryAfterMs == null ? {} : { retryAfterMs: answer.retryAfterMs }),
        };
      case undefined:
        return { reference, problem: `No answer for ${reference}.` };
    }
  } catch (error) {
    return { reference, problem: error instanceof Error ? error.message : `No answer for ${reference}.` };
  }
}

/** The size is of the first platform, which is the one that will be pulled. */
function chosenImage(answer: Extract<Answer, { __typename: 'ResolvedReference' }>): ChosenImage {
  const [first] = answer.platforms;
  return {
    reference: answer.text,
    repository: answer.repository,
    digest: answer.digest,
    ...(answer.tag == null ? {} : { tag: answer.tag }),
    ...(first?.sizeBytes == null ? {} : { sizeBytes: first.sizeBytes }),
    platformCount: answer.platforms.length,
    ...(answer.notes.length === 0 ? {} : { notes: answer.notes }),
  };
}
