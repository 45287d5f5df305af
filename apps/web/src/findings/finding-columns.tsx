import type { ReactNode } from 'react';
import { formatShare } from '../formats/format-share.js';
import type { FindingRowFragment } from '../gql/graphql.js';
import { AppLink } from '../ui/AppLink.js';
import type { DataColumn } from '../ui/DataTable.js';
import { ExploitedBadge, SeverityMark } from '../ui/Severity.js';
import { StateCell } from '../triage/StateCell.js';
import { Time } from '../ui/Time.js';
import { WithMark } from '../ui/WithMark.js';
import { FixCell } from './FixCell.js';
import type { OptionalColumn } from './optional-columns.js';
import { severityLevel } from './severity.js';

/** What a list of findings of many images has besides. */
interface OfImages<Row> {
  readonly image: DataColumn<Row>;
  readonly shown: readonly OptionalColumn[];
  /** Other names of the vulnerability. */
  readonly aliasesOf: (row: Row) => readonly string[];
}

interface FindingColumnsOptions<Row> {
  /** The finding whose panel is open, for which the last ones make room; empty when none is. */
  readonly opened: string;
  readonly addressOf: (id: string) => string;
  /** Undefined in the list of one image, which has the layer and the state instead. */
  readonly ofImages: OfImages<Row> | undefined;
}

/** Columns of a list of findings. */
export function findingColumns<Row extends FindingRowFragment>({ opened, addressOf, ofImages }: FindingColumnsOptions<Row>): readonly DataColumn<Row>[] {
  const many = ofImages !== undefined;
  const narrow = opened !== '';
  const always: readonly DataColumn<Row>[] = [
    { id: 'severity', header: 'Severity', width: many ? 100 : 118, phoneLine: 1, cell: ({ severity }) => <SeverityMark level={severityLevel(severity)} /> },
    {
      id: 'vulnerability',
      header: 'Vulnerability',
      width: narrow ? '32%' : '20%',
      minWidth: 200,
      clips: true,
      phoneLine: 1,
      cell: ({ id, vulnerabilityId, exploited }) => (
        <WithMark mark={exploited == null ? null : <ExploitedBadge />}>
          <AppLink to={addressOf(id)} row={id === opened ? 'open' : 'closed'}>{vulnerabilityId}</AppLink>
        </WithMark>
      ),
    },
    {
      id: 'package',
      header: 'Package',
      minWidth: 130,
      clips: true,
      phoneLine: 2,
      cell: ({ packageName, packageVersion }) => <PackageText name={packageName} version={packageVersion} />,
    },
    { id: 'fix', header: 'Fixed in', width: narrow ? '24%' : '13%', minWidth: 96, clips: true, phoneLine: 3, cell: ({ fixState, fixVersion }) => <FixCell fixState={fixState} fixVersion={fixVersion ?? null} /> },
  ];
  if (narrow) return always;
  const epss: DataColumn<Row> = { id: 'epss', header: 'EPSS', width: many ? 70 : 86, phoneLine: 0, cell: ({ epss: share }) => formatShare(share) };
  const state: DataColumn<Row> = { id: 'state', header: 'State', width: many ? 116 : 130, phoneLine: 3, cell: (row) => <StateCell state={row.state} /> };
  if (!many) return [...always, epss, { id: 'layer', header: 'Layer', width: 72, phoneLine: 0, cell: ({ layerIndex }) => (layerIndex == null ? '–' : layerIndex + 1) }, state];
  return [
    ...always,
    ofImages.image,
    epss,
    { id: 'seen', header: 'First seen', width: 92, phoneLine: 0, cell: ({ firstSeenAt }) => <Time instant={firstSeenAt} /> },
    ...(ofImages.shown.includes('state') ? [state] : []),
    ...(ofImages.shown.includes('aliases') ? [{ id: 'aliases', header: 'Aliases', width: '13%', minWidth: 100, clips: true, phoneLine: 0, cell: (row: Row) => <Aliases names={ofImages.aliasesOf(row)} /> } satisfies DataColumn<Row>] : []),
  ];
}

function Aliases({ names }: { readonly names: readonly string[] }) {
  const text = names.join(', ');
  return text === '' ? <span className="esscm-secondary">–</span> : <>{text}</>;
}

/** A package with its version beside it. */
export function PackageText({ name, version, more }: { readonly name: string; readonly version: string; readonly more?: ReactNode }) {
  return (
    <>
      {name} <span className="esscm-mono esscm-secondary">{version}</span>
      {more === undefined ? null : <span className="esscm-mono esscm-secondary"> {more}</span>}
    </>
  );
}
