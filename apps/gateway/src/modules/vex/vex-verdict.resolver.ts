import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../request-context.js';
import { Finding } from '../findings/finding.type.js';
import { VexVerdict } from './vex-document.type.js';

/** What documents say of findings. */
@Resolver(() => Finding)
export class VexVerdictResolver {
  @FieldResolver(() => VexVerdict, { nullable: true, description: 'What VEX documents say of it; a decision of a person counts before it.' })
  verdict(@Root() finding: Finding, @Ctx() context: RequestContext): Promise<VexVerdict | undefined> {
    return context.loaders.vexVerdicts.load(finding);
  }
}
