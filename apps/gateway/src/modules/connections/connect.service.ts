import { OciError, parsePlatform } from '@esscm/oci-client';
import { InvalidReferenceError, type PluginRegistry, type RegistryPlugin } from '@esscm/registry-core';
import { type ConnectImage, type ConnectionDraftRecord, type ConnectInput as StoreConnectInput, type ConnectResult as StoredConnection, NameTakenError, type Store } from '@esscm/store';
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
import type { ConnectImageInput, ConnectInput } from './connect.input.js';

interface ConnectServiceOptions {
  readonly store: Store;
  readonly plugins: Pick<PluginRegistry, 'get'>;
  readonly drafts: Pick<VerificationService, 'findDraft'>;
  readonly scans: Pick<ScanService, 'enqueue' | 'cancelAllOf'>;
  readonly listings: Pick<RegistryListings, 'forget'>;
  readonly sample: GatewaySample;
}

const maximumImages = 500;
const maximumIssues = 50;
const text = (what: string) => z.string().trim().min(1, `Enter ${what}.`).max(100, 'At most 100 characters.');

const inputSchema = z.object({
  clientMutationId: z.string().min(1, 'Give a clientMutationId.').max(100, 'A clientMutationId has at most 100 characters.'),
  name: z.string().trim().min(3, 'A name has at least 3 characters.').max(60, 'A name has at most 60 characters.'),
  description: z.string().trim().max(500, 'A description has at most 500 characters.'),
  images: z
    .array(z.object({ reference: z.string().max(1024, 'A reference has at most 1024 characters.'), projectName: text('a project name'), projectVersion: text('a version') }))
    .max(maximumImages, `At most ${maximumImages} images at once.`),
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
    if (checked.data.images.length === 0 && !input.withoutScanning) return validationProblem(context, [{ field: 'images', message: 'Choose at least one image.' }]);
    const plugin = plugins.get(input.plugin);
    const variant = plugin?.description.variants.find(({ id }) => id === input.variant);
    if (plugin === undefined || variant === undefined) return validationProblem(context, [{ field: 'plugin', message: 'This plugin is not installed.' }]);
    const images = readImages(plugin, variant.id, input.images);
    if (images.issues.length > 0) return validationProblem(context, images.issues.slice(0, maximumIssues));

    const base = {
      organizationId: organization.id,
      requestedBy: userId,
      pluginId: plugin.description.id,
      variantId: variant.id,
      name: checked.data.name,
      description: checked.data.description,
      sample: false,
      images: images.images,
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

  async delete(context: RequestContext, id: string): Promise<boolean> {
    const { organization } = requireRequester(context);
    const { store, scans, listings } = this.#options;
    if ((await store.connections.find(organization.id, id)) === undefined) return false;
    await scans.cancelAllOf(organization.id, id);
    listings.forget(`${id} `);
    return store.connections.delete(organization.id, id);
  }

  async #store(context: RequestContext, input: StoreConnectInput): Promise<Connected> {
    const { store, scans } = this.#options;
    let result: StoredConnection;
    try {
      result = await store.connections.connect(input);
    } catch (error) {
      if (!(error instanceof NameTakenError)) throw error;
      const message = `There is a connection named ${input.name} already.`;
      return validationProblem(context, [{ field: input.sample ? '' : 'name', message }]);
    }
    if (!result.replayed) await scans.enqueue(result.scans);
    return result;
  }
}

function isPlatform(text: string): boolean {
  try {
    parsePlatform(text);
    return true;
  } catch (error) {
    if (error instanceof OciError) return false;
    throw error;
  }
}

function readImages(plugin: RegistryPlugin, variantId: string, inputs: readonly ConnectImageInput[]) {
  const issues: FieldIssue[] = [];
  const images: ConnectImage[] = [];
  const seen = new Set<string>();
  for (const [index, input] of inputs.entries()) {
    const platform = input.platform == null || input.platform === '' ? undefined : input.platform;
    try {
      const { host, repository, tag, digest } = plugin.parseReference(variantId, input.reference);
      if (platform !== undefined && !isPlatform(platform)) {
        issues.push({ field: `images.${index}.platform`, message: 'A platform is written like linux/amd64.' });
        continue;
      }
      const key = [host, repository, digest ?? tag, platform].join(' ');
      if (seen.has(key)) issues.push({ field: `images.${index}.reference`, message: 'This image is chosen twice.' });
      seen.add(key);
      images.push({
        name: `${host}/${repository}`,
        repository,
        ...(tag !== undefined && { tag }),
        ...(digest !== undefined && { pinnedDigest: digest }),
        ...(platform !== undefined && { platform }),
        projectName: input.projectName.trim(),
        projectVersion: input.projectVersion.trim(),
      });
    } catch (error) {
      if (!(error instanceof InvalidReferenceError)) throw error;
      issues.push({ field: `images.${index}.reference`, message: error.message });
    }
  }
  return { images, issues };
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
