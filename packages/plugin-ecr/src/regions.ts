import { nearestName } from './nearest-name.js';

/** Regions with Amazon ECR, most used first within a continent. From the AWS SDK's partition data, November 2026. */
const regionNames: readonly (readonly [region: string, place: string])[] = [
  ['us-east-1', 'N. Virginia'],
  ['us-east-2', 'Ohio'],
  ['us-west-1', 'N. California'],
  ['us-west-2', 'Oregon'],
  ['ca-central-1', 'Canada, Central'],
  ['ca-west-1', 'Calgary'],
  ['mx-central-1', 'Mexico, Central'],
  ['sa-east-1', 'São Paulo'],
  ['eu-central-1', 'Frankfurt'],
  ['eu-central-2', 'Zurich'],
  ['eu-west-1', 'Ireland'],
  ['eu-west-2', 'London'],
  ['eu-west-3', 'Paris'],
  ['eu-north-1', 'Stockholm'],
  ['eu-south-1', 'Milan'],
  ['eu-south-2', 'Spain'],
  ['il-central-1', 'Tel Aviv'],
  ['me-central-1', 'UAE'],
  ['me-south-1', 'Bahrain'],
  ['af-south-1', 'Cape Town'],
  ['ap-south-1', 'Mumbai'],
  ['ap-south-2', 'Hyderabad'],
  ['ap-southeast-1', 'Singapore'],
  ['ap-southeast-2', 'Sydney'],
  ['ap-southeast-3', 'Jakarta'],
  ['ap-southeast-4', 'Melbourne'],
  ['ap-southeast-5', 'Malaysia'],
  ['ap-southeast-6', 'New Zealand'],
  ['ap-southeast-7', 'Thailand'],
  ['ap-northeast-1', 'Tokyo'],
  ['ap-northeast-2', 'Seoul'],
  ['ap-northeast-3', 'Osaka'],
  ['ap-east-1', 'Hong Kong'],
  ['ap-east-2', 'Taipei'],
  ['us-gov-east-1', 'GovCloud, US-East'],
  ['us-gov-west-1', 'GovCloud, US-West'],
  ['cn-north-1', 'Beijing'],
  ['cn-northwest-1', 'Ningxia'],
  ['eusc-de-east-1', 'European Sovereign Cloud, Germany'],
  ['us-iso-east-1', 'ISO East'],
  ['us-iso-west-1', 'ISO West'],
  ['us-isob-east-1', 'ISOB East'],
  ['us-isob-west-1', 'ISOB West'],
  ['us-isof-east-1', 'ISOF East'],
  ['us-isof-south-1', 'ISOF South'],
  ['eu-isoe-west-1', 'ISOE West'],
];

/** For the region field; new regions open faster than lists are kept, so the field takes others too. */
export const regionChoices: readonly { readonly value: string; readonly label: string }[] = regionNames.map(
  ([region, place]) => ({ value: region, label: `${region} (${place})` }),
);

/** The known region a mistyped one was most likely meant to be. Undefined for a known region. */
export function nearestRegion(typed: string): string | undefined {
  return nearestName(
    typed,
    regionNames.map(([region]) => region),
  );
}
