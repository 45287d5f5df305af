import type { Store } from '@esscm/store';
import { Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { InstallationFacts } from '../../dependencies.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { Installation, Overview, Viewer } from './installation.type.js';
import type { SignInService } from './sign-in.service.js';
import { storageAdvice } from './storage-advice.js';
import { viewerOf } from './viewer.js';

/** What there is to know before and right after signing in. */
@Resolver(() => Overview)
export class InstallationResolver {
  readonly #facts: InstallationFacts;
  readonly #signIn: SignInService;
  readonly #store: Store;

  constructor(facts: InstallationFacts, signIn: SignInService, store: Store) {
    this.#facts = facts;
    this.#signIn = signIn;
    this.#store = store;
  }

  @Query(() => Viewer, { nullable: true, description: 'Who is signed in; null when nobody is.' })
  viewer(@Ctx() context: RequestContext): Viewer | undefined {
    return context.requester === undefined ? undefined : viewerOf(context.requester);
  }

  @Query(() => Installation, { description: 'Readable without signing in.' })
  async installation(): Promise<Installation> {
    const administratorExists = await this.#signIn.administratorExists();
    return { ...this.#facts, administratorExists, setupCodeRequired: !administratorExists && this.#signIn.setupCodeRequired };
  }

  @Authorized('READ')
  @Query(() => Overview, { description: 'Figures of the organisation.' })
  async overview(@Ctx() context: RequestContext): Promise<Overview> {
    const organizationId = requireRequester(context).organization.id;
    const [byPlugin, images, scans, sample] = await Promise.all([
      this.#store.connections.countByPlugin(organizationId),
      this.#store.images.count(organizationId),
      this.#store.scans.countByState(organizationId),
      this.#store.connections.findSample(organizationId),
    ]);
    return {
      connectionCount: [...byPlugin.values()].reduce((sum, count) => sum + count, 0),
      imageCount: images.total,
      scannedImageCount: images.scanned,
      partialImageCount: images.partial,
      oldestResultAt: images.oldestResultAt,
      activeScanCount: scans.queued + scans.running,
      failedScanCount: scans.failed,
      sampleConnectionId: sample?.id,
    };
  }

  @FieldResolver(() => String, { nullable: true, description: 'What to do about where data is kept when the embedded database holds more than it is made for; null when nothing needs doing.' })
  async storageAdvice(@Root() { imageCount }: Overview, @Ctx() context: RequestContext): Promise<string | undefined> {
    const { counts } = await this.#store.findings.countBySeverity(requireRequester(context).organization.id, {});
    return storageAdvice(this.#facts.storage, { images: imageCount, findings: Object.values(counts).reduce((sum, count) => sum + count, 0) });
  }
}
