import type { Component } from '../../catalogue.js';
import { ecosystemOf } from '../../catalogue/ecosystem-of.js';
import { licence } from '../../licences/licence.js';
import { namedLicenceExpression } from '../../licences/licence-names.js';
import type { ComponentDraft } from '../cataloguer.js';
import { withoutCredentials } from '../download-url.js';
import type { SbomClaim } from './read-claims.js';

/** A package that a document names, as a component. */
export function claimComponent(claim: SbomClaim, location: Component['locations'][number], confidence: number): ComponentDraft {
  const { name, version, packageUrl, cpes } = claim;
  const downloadUrl = claim.downloadUrl === undefined ? undefined : withoutCredentials(claim.downloadUrl);
  return {
    ecosystem: ecosystemOf(packageUrl),
    name,
    version,
    packageUrl,
    licences: claim.licence === undefined ? [] : [licence(claim.licence, namedLicenceExpression(claim.licence))],
    locations: [location],
    evidence: { technique: 'attestation', confidence },
    ...(cpes === undefined ? {} : { cpes }),
    ...(downloadUrl === undefined ? {} : { downloadUrl }),
  };
}
