import type { ImageQuery } from '../../gql/graphql.js';

/** What the tabs of one image are drawn from. */
export type ImageDetails = NonNullable<ImageQuery['image']>;
