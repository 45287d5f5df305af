import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeStreamedLayout } from '../write-streamed-layout.js';
import { madeImage, type MadeImageName } from './made-images.js';

/** The OCI layout of a made image in `folder`, which is made there unless it is there already. */
export async function madeLayout(folder: string, name: MadeImageName, copies = 1): Promise<string> {
  const target = join(folder, `${name.replace(' ', '-')}${copies === 1 ? '' : `-${copies}`}`);
  if (!existsSync(join(target, 'oci-layout'))) await writeStreamedLayout(target, madeImage(name, copies));
  return target;
}
