import { InvalidReferenceError, RegistryError } from '@esscm/registry-core';
import type { RegistryPlugin } from '@esscm/registry-core';
import { configure } from './configuration/configure.js';
import { ecrDescription } from './description/ecr-description.js';
import { parseReference } from './reference/parse-reference.js';

/** Amazon ECR: the public gallery without credentials, and the private registry of an account in one region. */
export const ecrPlugin: RegistryPlugin = {
  description: ecrDescription,
  configure,
  parseReference(variantId, text) {
    if (variantId !== 'public' && variantId !== 'private') {
      throw new InvalidReferenceError({ code: 'other-variant', message: 'Amazon ECR has a public and a private variant.' });
    }
    return parseReference(variantId, text);
  },
  connect() {
    throw new RegistryError({ kind: 'unsupported', heading: 'Not supported', message: 'Not connected yet.' });
  },
};
