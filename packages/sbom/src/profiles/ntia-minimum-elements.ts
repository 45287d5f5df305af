import type { Profile } from './profile.js';
import { hasIdentifier, hasTimestamp, hasVersion, isNamed, isRelated } from './rule-checks.js';

const section = 'Data Fields';

/** A program is no entity that creates the data: a document whose only author is a tool has none. */
export const ntiaMinimumElements: Profile = {
  id: 'ntia',
  title: 'NTIA minimum elements',
  source: 'NTIA, The Minimum Elements For a Software Bill of Materials, 12 July 2021',
  rules: [
    { id: 'supplier', title: 'Supplier name', section, level: 'required', holds: { component: ({ supplier }) => isNamed(supplier) } },
    { id: 'name', title: 'Component name', section, level: 'required', holds: { component: ({ name }) => name !== '' } },
    { id: 'version', title: 'Version of the component', section, level: 'required', holds: { component: hasVersion } },
    { id: 'identifier', title: 'Other unique identifiers', section, level: 'required', holds: { component: hasIdentifier } },
    { id: 'relationship', title: 'Dependency relationship', section, level: 'required', holds: { component: isRelated } },
    { id: 'author', title: 'Author of SBOM data', section, level: 'required', holds: { document: ({ authors }) => authors.some(isNamed) } },
    { id: 'timestamp', title: 'Timestamp', section, level: 'required', holds: { document: hasTimestamp } },
  ],
};
