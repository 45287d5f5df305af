import type { Profile } from './profile.js';
import { hasIdentifier, hasTimestamp, hasVersion, isNamed, isRelated } from './rule-checks.js';

const section = 'Data Fields';

/** By the draft for public comment; its rules may change. */
export const cisa2025: Profile = {
  id: 'cisa-2025',
  title: 'CISA minimum elements 2025',
  source: 'CISA, 2025 Minimum Elements for a Software Bill of Materials, draft of 22 August 2025',
  rules: [
    { id: 'author', title: 'SBOM author', section, level: 'required', holds: { document: ({ authors }) => authors.some(isNamed) } },
    { id: 'producer', title: 'Software producer', section, level: 'required', holds: { component: ({ supplier, creators }) => isNamed(supplier) || creators.some(isNamed) } },
    { id: 'name', title: 'Component name', section, level: 'required', holds: { component: ({ name }) => name !== '' } },
    { id: 'version', title: 'Component version', section, level: 'required', holds: { component: hasVersion } },
    { id: 'identifier', title: 'Software identifiers', section, level: 'required', holds: { component: hasIdentifier } },
    { id: 'hash', title: 'Component hash', section, level: 'required', holds: { component: ({ hashes }) => hashes.length > 0 } },
    { id: 'licence', title: 'License', section, level: 'required', holds: { component: ({ licences }) => licences.length > 0 } },
    { id: 'relationship', title: 'Dependency relationship', section, level: 'required', holds: { component: isRelated } },
    { id: 'tool', title: 'Tool name', section, level: 'required', holds: { document: ({ tools }) => tools.length > 0 } },
    { id: 'timestamp', title: 'Timestamp', section, level: 'required', holds: { document: hasTimestamp } },
    { id: 'context', title: 'Generation context', section, level: 'required', holds: { document: ({ lifecycles }) => lifecycles.length > 0 } },
  ],
};
