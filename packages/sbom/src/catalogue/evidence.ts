import type { Component, Evidence } from '../catalogue.js';

/** What is said of nothing but the records a package manager keeps is as sure as it gets. */
const ofRecords: Evidence = { technique: 'manifest-analysis', confidence: 1 };

/** How a component was recognised, said of every component. */
export function evidenceOf({ evidence }: Pick<Component, 'evidence'>): Evidence {
  return evidence ?? ofRecords;
}
