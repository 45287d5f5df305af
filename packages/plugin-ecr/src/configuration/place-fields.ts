import type { FieldIssue, FormField } from '@esscm/registry-core';
import { hasHostNames, hostNamesChoices } from '../host-names.js';
import type { HostNames } from '../host-names.js';
import { isRegion, partitionOf } from '../partitions.js';
import { regionChoices } from '../regions.js';
import type { PrivateConfiguration } from './private-configuration.js';
import { entriesOf, trimmedText } from './trimmed-text.js';

/** The operator setting that lists the hosts users may name as endpoints. */
export const customEndpointsSetting = 'ecr.customEndpoints';

/** Registries of one connection; each is verified and listed by calls of its own. */
const maximumRegistries = 20;

export const regionField: FormField = {
  name: 'region',
  label: 'AWS region',
  type: 'choice',
  required: true,
  placeholder: 'us-east-1',
  choices: regionChoices,
  allowOther: true,
  place: true,
};

/** The rest of where the repositories are: fields that every credential kind has. */
export const placeFields: readonly FormField[] = [
  {
    name: 'moreRegions',
    label: 'More regions',
    type: 'text',
    required: false,
    description: 'Of the same accounts, separated by commas.',
    placeholder: 'eu-west-1, eu-central-1',
    place: true,
  },
  {
    name: 'hostNames',
    label: 'AWS host names',
    type: 'choice',
    required: false,
    description: 'Which of its host names ECR is called by. Standard unless chosen.',
    choices: hostNamesChoices,
    place: true,
  },
  {
    name: 'apiEndpoint',
    label: 'VPC endpoint of the ECR API',
    type: 'text',
    required: false,
    description: 'Only without private DNS. The operator decides which hosts may be named.',
    placeholder: 'https://vpce-0123-abcd.api.ecr.us-east-1.vpce.amazonaws.com',
    requiresOperatorSetting: customEndpointsSetting,
    place: true,
  },
  {
    name: 'stsEndpoint',
    label: 'VPC endpoint of AWS STS',
    type: 'text',
    required: false,
    placeholder: 'https://vpce-0123-abcd.sts.us-east-1.vpce.amazonaws.com',
    requiresOperatorSetting: customEndpointsSetting,
    place: true,
  },
];

/** The field of kinds whose credentials can reach into other accounts by repository policies. */
export const registryIdField: FormField = {
  name: 'registryId',
  label: 'Registry account ID',
  type: 'text',
  required: false,
  description: 'Only for repositories owned by other accounts. Several are separated by commas.',
  placeholder: '12 digits',
  place: true,
};

const endpoint = trimmedText.refine((text) => text === '' || isPlainHttpsOrigin(text), {
  message: 'An endpoint is written like https://vpce-….vpce.amazonaws.com, without a path or port.',
});

/** Rules of {@link regionField} and {@link placeFields}. */
export const placeShape = {
  region: trimmedText
    .transform((text) => text.toLowerCase())
    .refine((text) => text !== '', { message: 'Choose an AWS region.', abort: true })
    .refine(isRegion, { message: 'An AWS region is written like us-east-1.' }),
  moreRegions: trimmedText
    .transform((text) => entriesOf(text.toLowerCase()))
    .refine((regions) => regions.every(isRegion), { message: 'AWS regions are written like us-east-1, separated by commas.' }),
  hostNames: trimmedText
    .transform((text) => (text === '' ? 'standard' : text))
    .refine((text): text is HostNames => hostNamesChoices.some(({ value }) => value === text), { message: 'Choose one of the kinds of host names.' }),
  apiEndpoint: endpoint,
  stsEndpoint: endpoint,
};

/** The rule of {@link registryIdField}. */
export const registryIdRule = trimmedText
  .transform((text) => entriesOf(text.replaceAll('-', '')))
  .refine((ids) => ids.every((id) => /^[0-9]{12}$/.test(id)), { message: 'A registry account ID has 12 digits.' });

/** What the fields of a place hold once checked. */
export interface Place {
  readonly region: string;
  readonly moreRegions: readonly string[];
  readonly hostNames: HostNames;
  readonly apiEndpoint: string;
  readonly stsEndpoint: string;
}

/** Rules between the fields, of which the first that is broken is told. @param accounts how many there are in each region */
export function placeIssue(place: Place, accounts: number): FieldIssue | undefined {
  const regions = regionsOf(place);
  if (new Set(regions.map((region) => partitionOf(region).id)).size > 1) {
    return { field: 'moreRegions', message: 'These regions are not of one AWS partition, and credentials of one are not known in another. Make a connection for each.' };
  }
  if (!hasHostNames(place.region, place.hostNames)) {
    return { field: 'hostNames', message: `AWS has no such host names for ${place.region}.` };
  }
  if (place.apiEndpoint !== '' && regions.length > 1) {
    return { field: 'apiEndpoint', message: 'An endpoint serves one region. Leave out the other regions, or the endpoint.' };
  }
  if ((place.apiEndpoint !== '' || place.stsEndpoint !== '') && place.hostNames !== 'standard') {
    return { field: 'hostNames', message: 'With an endpoint of your own the host names are standard.' };
  }
  if (regions.length * accounts > maximumRegistries) {
    return { field: 'moreRegions', message: `A connection covers at most ${maximumRegistries} registries. Make several connections.` };
  }
  return undefined;
}

/** Every region once, the first first. */
function regionsOf({ region, moreRegions }: Pick<Place, 'region' | 'moreRegions'>): readonly string[] {
  return [...new Set([region, ...moreRegions])];
}

/** As stored; `read` of a credential kind gets it back by {@link storedPlace}. */
export function placeSettings(place: Place): Readonly<Record<string, string>> {
  const more = regionsOf(place).slice(1);
  return {
    region: place.region,
    ...(more.length > 0 && { moreRegions: more.join(', ') }),
    ...(place.hostNames !== 'standard' && { hostNames: place.hostNames }),
    ...(place.apiEndpoint !== '' && { apiEndpoint: place.apiEndpoint }),
    ...(place.stsEndpoint !== '' && { stsEndpoint: place.stsEndpoint }),
  };
}

/** `eu-central-1`, or `eu-central-1 and 2 more regions`. */
export function placeInWords(place: Place): string {
  const more = regionsOf(place).length - 1;
  return more === 0 ? place.region : `${place.region} and ${more} more ${more === 1 ? 'region' : 'regions'}`;
}

/** The way back from {@link placeSettings}; undefined when there is no region. */
export function storedPlace(
  settings: Readonly<Record<string, string>>,
): (Pick<PrivateConfiguration, 'hostNames' | 'apiEndpoint' | 'stsEndpoint'> & { readonly regions: readonly string[] }) | undefined {
  const { region, moreRegions = '', hostNames, apiEndpoint, stsEndpoint } = settings;
  if (region === undefined) return undefined;
  return {
    regions: regionsOf({ region, moreRegions: entriesOf(moreRegions) }),
    hostNames: hostNamesChoices.find(({ value }) => value === hostNames)?.value ?? 'standard',
    ...(apiEndpoint !== undefined && { apiEndpoint }),
    ...(stsEndpoint !== undefined && { stsEndpoint }),
  };
}

function isPlainHttpsOrigin(text: string): boolean {
  return /^https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(text);
}
