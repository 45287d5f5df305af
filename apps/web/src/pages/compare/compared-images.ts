import type { CompareImagesQuery } from '../../gql/graphql.js';

/** Two images side by side, as the server compares them. */
export type ComparedImages = NonNullable<CompareImagesQuery['compareImages']>;
