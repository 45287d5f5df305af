import type { CompareImagesQuery } from '../../gql/graphql.js';

/** Two images and what differs. */
export type ComparedImages = NonNullable<CompareImagesQuery['compareImages']>;
