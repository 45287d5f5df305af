import { createUnionType, Field, ID, ObjectType } from 'type-graphql';
import { NotFoundProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { DateTime } from '../../graphql/scalars.js';

/** A list's filter, order and grouping under a name; everyone in the organisation sees it. */
@ObjectType({ description: "A list's filter, order and grouping under a name; everyone in the organisation sees it." })
export class SavedView {
  @Field(() => ID, { description: 'Id of the view.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Unique on its page, compared without case.' })
  declare readonly name: string;

  @Field(() => String, { description: 'The page it is a view of, such as `findings`.' })
  declare readonly page: string;

  @Field(() => String, { description: "The query of the page's address, without the question mark." })
  declare readonly query: string;

  @Field(() => DateTime, { description: 'When it was first saved.' })
  declare readonly createdAt: Date;
}

/** A view that was kept. */
@ObjectType({ description: 'A view that was kept.' })
export class SaveViewPayload {
  @Field(() => SavedView, { description: 'The view.' })
  declare readonly view: SavedView;
}

/** Outcome of saving a view. */
export const SaveViewResult = createUnionType({
  name: 'SaveViewResult',
  description: 'Outcome of saving a view.',
  types: () => [SaveViewPayload, ValidationProblem] as const,
});
export type SaveViewResult = SaveViewPayload | ValidationProblem;

/** A view that is gone. */
@ObjectType({ description: 'A view that is gone.' })
export class DeleteViewPayload {
  @Field(() => ID, { description: 'Id of the removed view.' })
  declare readonly id: string;
}

/** Outcome of removing a view. */
export const DeleteViewResult = createUnionType({
  name: 'DeleteViewResult',
  description: 'Outcome of removing a view.',
  types: () => [DeleteViewPayload, NotFoundProblem] as const,
});
export type DeleteViewResult = DeleteViewPayload | NotFoundProblem;
