import { formatEcosystem } from '../formats/format-ecosystem.js';
import { formatQuantity } from '../formats/format-count.js';
import { AppLink } from '../ui/AppLink.js';
import { fixAddress } from './fix-address.js';
import type { Fix } from './rank-fixes.js';

/** Where a change is made, with the images it concerns. In one image that is left out, and the type of the package is told instead. */
export function FixPlace({ fix, imageId }: { readonly fix: Fix; readonly imageId?: string | undefined }) {
  const ofPackage = 'packageKey' in fix;
  if (imageId !== undefined) {
    if (ofPackage) return formatEcosystem(fix.ecosystem);
    return (
      <>
        Fixes in {formatQuantity(fix.packageCount, 'package')} of its base. <AppLink to={fixAddress(fix, { group: 'image' })}>All images built on it</AppLink>
      </>
    );
  }
  return (
    <>
      {ofPackage ? '' : 'Base of '}
      <AppLink to={fixAddress(fix, { group: 'image' })}>{formatQuantity(fix.imageCount, 'image')}</AppLink> in {formatQuantity(fix.projectCount, 'project')}
      {ofPackage ? '' : `, fixes in ${formatQuantity(fix.packageCount, 'package')}`}
    </>
  );
}
