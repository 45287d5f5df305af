import { bsiTr031832 } from './bsi-tr-03183-2.js';
import { cisa2025 } from './cisa-2025.js';
import { ntiaMinimumElements } from './ntia-minimum-elements.js';
import type { Profile } from './profile.js';

/** Every profile there is. A further one is a file beside this one and a line here. */
export const profiles: readonly Profile[] = [ntiaMinimumElements, cisa2025, bsiTr031832];
