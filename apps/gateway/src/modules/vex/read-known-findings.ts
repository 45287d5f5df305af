import type { FindingFilter, Store, TrackedImageRecord } from '@esscm/store';
import { vexImageIdentity } from '@esscm/vulnerabilities';
import { createLoaders } from '../../loaders.js';
import { findingView } from '../findings/finding-view.js';
import type { KnownFinding } from './vex-of-findings.js';

const pageSize = 100;

/** Findings of images with what people decided and documents say of them; undefined when there are more than `maximum`. */
export async function readKnownFindings(store: Store, organizationId: string, filter: FindingFilter, { maximum, signal }: { readonly maximum: number; readonly signal: AbortSignal }): Promise<readonly KnownFinding[] | undefined> {
  const known: KnownFinding[] = [];
  for (let after: string | undefined; ; ) {
    signal.throwIfAborted();
    const page = await store.findings.list(organizationId, filter, 'importance', { first: pageSize, ...(after !== undefined && { after }) });
    const loaders = createLoaders(store, organizationId);
    const found = page.items.map(async (finding): Promise<KnownFinding | undefined> => {
      const shown = findingView(finding);
      const [image, content, detail, decision, verdict] = await Promise.all([
        loaders.images.load(finding.imageId),
        loaders.contents.load(finding.contentId),
        loaders.findingDetails.load(finding.fingerprint),
        loaders.countingDecisions.load(shown),
        loaders.vexVerdicts.load(shown),
      ]);
      // Deleted in this moment.
      if (image === undefined || content === undefined) return undefined;
      return { finding, identifiers: detail?.identifiers ?? [finding.vulnerability], image: identityOf(image, content), decision, verdict };
    });
    known.push(...(await Promise.all(found)).filter((each) => each !== undefined));
    if (known.length > maximum) return undefined;
    if (page.nextCursor === undefined) return known;
    after = page.nextCursor;
  }
}

function identityOf({ name, tag }: TrackedImageRecord, { digest, platform }: { readonly digest: string; readonly platform: string }) {
  return vexImageIdentity({ name, digest, platform: { architecture: platform.split('/')[1] ?? platform }, ...(tag !== undefined && { tag }) });
}
