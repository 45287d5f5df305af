import { paths } from '../paths.js';
import type { Fix } from './rank-fixes.js';

/** The findings a change would remove, in one image or in all. */
export function fixAddress(fix: Fix, { imageId, group }: { readonly imageId?: string | undefined; readonly group: 'vulnerability' | 'image' }): string {
  return paths.findings({ ...('packageKey' in fix ? { package: fix.packageKey } : { base: fix.baseLayer }), fix: 'available', image: imageId, group });
}
