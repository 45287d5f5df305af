import { fileURLToPath } from 'node:url';

/** Folders of OSV records about packages of the sample images, each a source of its own name. */
export const sampleAdvisories: readonly string[] = ['sample-npm', 'sample-pypi'].map((folder) => fileURLToPath(new URL(`../../sample-advisories/${folder}/`, import.meta.url)));
