import type { PluginRegistry } from '@esscm/registry-core';
import { type AddedImages, type ConnectionDraftRecord, type ConnectInput as StoreConnectInput, type ConnectResult as StoredConnection, NameTakenError, NotFoundError, type Store } from '@esscm/store';
import { z } from 'zod';
import type { GatewaySample } from '../../dependencies.js';
import { notFoundProblem, validationProblem } from '../../graphql/problems.js';
import type { FieldIssue, NotFoundProblem, ValidationProblem } from '../../graphql/problem.type.js';
import { issuesOf } from '../../graphql/validation.js';
import { type RequestContext, requireRequester } from '../../request-context.js';
import { revealed } from '../registry/registry-access.js';
import type { RegistryListings } from '../registry/registry-listings.js';
import type { ScanService } from '../scans/scan.service.js';
import type { VerificationService } from '../verification/verification.service.js';
import { readSelections } from '../selections/read-selections.js';
import type { CheckBell } from '../watches/check-bell.js';
import type { ConnectImageInput, ConnectInput } from './connect.input.js';
import { imagesSchema, readImages } from './read-images.js';

interface ConnectServiceOptions {
  readonly store: Store;
  readonly plugins: Pick<PluginRegistry, 'get'>;
  readonly drafts: Pick<VerificationService, 'findDraft'>;
  readonly scans: Pick<ScanService, 'enqueue' | 'cancelAllOf'>;
  readonly listings: Pick<RegistryListings, 'forget'>;
  readonly bell: CheckBell;
  readonly sample: GatewaySample;
}

const maximumIssues = 50;

const inputSchema = z.object({
  clientMutationId: z.string().min(1, 'Give a clientMutationId.').max(100, 'A clientMutationId has at most 100 characters.'),
  name: z.string().trim().min(3, 'A name has at least 3 characters.').max(60, 'A name has at most 60 characters.'),
  description: z.string().trim().max(500, 'A description has at most 500 characters.'),
  images: imagesSchema,
});

/** What decides of a stored report whether it may be connected. */
const reportSchema = z.object({ status: z.string(), checks: z.array(z.object({ outcome: z.string() })) });

type Connected = StoredConnection | ValidationProblem | NotFoundProblem;

/** Turning choices into connections, and removing them. */
export class ConnectService {
  readonly #options: ConnectServiceOptions;

  constructor(options: ConnectServiceOptions) {
    this.#options = options;
  }

  async connect(context: RequestContext, input: ConnectInput): Promise<Connected> {
    const { organization, userId } = requireRequester(context);
    const { store, plugins } = this.#options;
    const checked = inputSchema.safeParse(input);
    if (!checked.success) return validationProblem(context, issuesOf(checked.error).slice(0, maximumIssues));
    const { clientMutationId } = checked.data;
    // Before anything else, because the first connect has deleted the draft.
    const first = await store.connections.findReplay({ organizationId: organization.id, requestedBy: userId, clientMutationId });
    if (first !== undefined) return first;
    const plugin = plugins.get(input.plugin);
    const variant = plugin?.description.variants.find(({ id }) => id === input.variant);
    if (plugin === undefined || variant === undefined) return validationProblem(context, [{ field: 'plugin', message: 'This plugin is not installed.' }]);
    const images = readImages(plugin, variant.id, input.images);
    const rules = readSelections(input.selections);
    const issues = [...images.issues, ...rules.issues];
    if (input.images.length + input.selections.length === 0 && !input.withoutScanning) issues.push({ field: 'images', message: 'Choose at least one image.' });
    if (input.selections.length > 0 && !(variant.capabilities.listTags && variant.capabilities.listRepositories)) {
      issues.push({ field: 'selections', message: `${variant.name} does not list its images, so that rules cannot find any.` });
    }
    if (issues.length > 0) return validationProblem(context, issues.slice(0, maximumIssues));

    const base = {
      organizationId: organization.id,
      requestedBy: userId,
      pluginId: plugin.description.id,
      variantId: variant.id,
      name: checked.data.name,
      description: checked.data.description,
      sample: false,
      images: images.images,
      selections: rules.selections,
      clientMutationId,
    };
    if (variant.credentialKinds.length === 0) {
      const { settings, secrets, hint } = plugin.configure({ variantId: variant.id, values: {} });
      return this.#store(context, { ...base, settings, secrets: revealed(secrets), credentialHint: hint });
    }
    if (input.draftId == null) return validationProblem(context, [{ field: 'draftId', message: 'Verify the credentials first.' }]);
    const draft = await this.#options.drafts.findDraft(context, input.draftId);
    if (draft === undefined) return notFoundProblem(context, 'draft');
    if (draft.pluginId !== plugin.description.id || draft.variantId !== variant.id) {
      return validationProblem(context, [{ field: 'draftId', message: 'These credentials were verified for another kind of registry.' }]);
    }
    const refusal = refusalOf(draft, input.withoutScanning);
    if (refusal !== undefined) return validationProblem(context, [refusal]);
    return this.#store(context, {
      ...base,
      withoutScanning: input.withoutScanning && statusOf(draft) === 'failed',
      draftId: draft.id,
      ...(draft.credentialKindId !== undefined && { credentialKindId: draft.credentialKindId }),
      settings: draft.settings,
      credentialHint: draft.credentialHint,
      secrets: await store.drafts.readSecrets(organization.id, draft.id),
      ...(draft.credentialExpiresAt !== undefined && { credentialExpiresAt: draft.credentialExpiresAt }),
      ...(draft.verification !== undefined && { verification: draft.verification }),
    });
  }

  /** A second call gives the sample connection that exists. */
  async connectSample(context: RequestContext): Promise<Connected> {
    const { organization, userId } = requireRequester(context);
    const { store, plugins, sample } = this.#options;
    const existing = await store.connections.findSample(organization.id);
    if (existing !== undefined) {
      const scans = await store.scans.list(organization.id, { connectionId: existing.id }, { first: 100 });
      return { connection: existing, images: [], scans: scans.items, replayed: true };
    }
    const plugin = plugins.get('ecr');
    if (plugin === undefined) return validationProblem(context, [{ field: '', message: 'The sample registry needs the Amazon ECR plugin, which is not installed.' }]);
    const { secrets, settings, hint, variantId, credentialKindId } = plugin.configure({
      variantId: 'private',
      credentialKindId: 'access-key',
      values: { ...sample.credentials },
    });
    const images = readImages(
      plugin,
      variantId,
      sample.images.filter(({ visibility }) => visibility === 'private'),
    );
    if (images.issues.length > 0) throw new Error(`The sample registry names an image that is not one: ${images.issues[0]?.message ?? ''}`);
    return this.#store(context, {
      organizationId: organization.id,
      requestedBy: userId,
      pluginId: 'ecr',
      variantId,
      ...(credentialKindId !== undefined && { credentialKindId }),
      name: 'Sample registry',
      description: 'Built-in images to try ESSCM with. Remove the connection when done.',
      settings,
      credentialHint: hint,
      secrets: revealed(secrets),
      sample: true,
      images: images.images,
    });
  }

  /** Images chosen by hand for a connection that exists; one that is tracked already is scanned again. */
  async track(context: RequestContext, connectionId: string, inputs: readonly ConnectImageInput[]): Promise<AddedImages | ValidationProblem | NotFoundProblem> {
    const { organization, userId } = requireRequester(context);
    const { store, plugins, scans } = this.#options;
    const checked = z.object({ images: imagesSchema.min(1, 'Choose at least one image.') }).safeParse({ images: inputs });
    if (!checked.success) return validationProblem(context, issuesOf(checked.error).slice(0, maximumIssues));
    const connection = await store.connections.find(organization.id, connectionId);
    if (connection === undefined) return notFoundProblem(context, 'connection');
    const plugin = plugins.get(connection.pluginId);
    if (plugin === undefined) return validationProblem(context, [{ field: 'connectionId', message: 'The plugin of this connection is not installed.' }]);
    const { images, issues } = readImages(plugin, connection.variantId, inputs);
    if (issues.length > 0) return validationProblem(context, issues.slice(0, maximumIssues));
    try {
      const added = await store.images.add(organization.id, connectionId, images, userId);
      await scans.enqueue(added.scans);
      return added;
    } catch (error) {
      if (error instanceof NotFoundError) return notFoundProblem(context, 'connection');
      throw error;
    }
  }

  async delete(context: RequestContext, id: string): Promise<boolean> {
    const { organization } = requireRequester(context);
    const { store, scans, listings } = this.#options;
    if ((await store.connections.find(organization.id, id)) === undefined) return false;
    await scans.cancelAllOf(context, id);
    listings.forget(`${id} `);
    return store.connections.delete(organization.id, id);
  }

  async #store(context: RequestContext, input: StoreConnectInput): Promise<Connected> {
    const { store, scans, bell } = this.#options;
    let result: StoredConnection;
    try {
      result = await store.connections.connect(input);
    } catch (error) {
      if (!(error instanceof NameTakenError)) throw error;
      const message = `There is a connection named ${input.name} already.`;
      return validationProblem(context, [{ field: input.sample ? '' : 'name', message }]);
    }
    if (!result.replayed) {
      await scans.enqueue(result.scans);
      // Its first check is due at once.
      await bell.ring();
    }
    return result;
  }
}

function statusOf(draft: ConnectionDraftRecord): string | undefined {
  return reportSchema.safeParse(draft.verification).data?.status;
}

/** Why credentials cannot be connected as they are. */
function refusalOf(draft: ConnectionDraftRecord, withoutScanning: boolean): FieldIssue | undefined {
  const report = reportSchema.safeParse(draft.verification).data;
  if (report === undefined) return { field: 'draftId', message: 'Verify the credentials first.' };
  if (report.checks.some(({ outcome }) => outcome === 'unsafe')) {
    return { field: 'draftId', message: 'These credentials would let others in as well. Mend them and verify again.' };
  }
  if (report.status !== 'failed' || withoutScanning) return undefined;
  return { field: 'withoutScanning', message: 'Scanning does not work with these credentials. Verify them again, or connect without scanning.' };
}
