import type { VexRepository } from '../../contract/vex-repository.js';
import type { StoreContext } from '../../store-context.js';
import { documentMethods } from './document-methods.js';
import { effectMethods } from './effect-methods.js';
import { readingMethods } from './reading-methods.js';
import { verdictMethods } from './verdict-methods.js';

export function createVexRepository(context: StoreContext): VexRepository {
  return { ...documentMethods(context), ...effectMethods(context), ...readingMethods(context), ...verdictMethods(context) };
}
