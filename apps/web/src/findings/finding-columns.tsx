import type { ReactNode } from 'react';
import { formatShare } from '../formats/format-share.js';
import type { FindingRowFragment } from '../gql/graphql.js';
import { AppLink } from '../ui/AppLink.js';
import type { DataColumn } from '../ui/DataTable.js';
import { ExploitedBadge, SeverityMark } from '../ui/Severity.js';
import { StateCell } from '../triage/StateCell.js';
import { FixCell } from './FixCell.js';
import { severityLevel } from './severity.js';

/** Columns of a list of findings. `narrow`: the panel is open and the last ones make room for it. With `where`, the layer makes room for the image. When it was first seen is in the panel. */
export function findingColumns<Row extends FindingRowFragment>(options: { readonly narrow: boolean; readonly addressOf: (id: string) => string; readonly where: DataColumn<Row> | undefined }): readonly DataColumn<Row>[] {
  const { narrow, addressOf, where } = options;
  const always: readonly DataColumn<Row>[] = [
    { id: 'severity', header: 'Severity', width: 118, phoneLine: 1, cell: ({ severity }) => <SeverityMark level={severityLevel(severity)} /> },
    {
      id: 'vulnerability',
      header: 'Vulnerability',
      width: narrow ? '32%' : where === undefined ? '20%' : '17%',
      minWidth: where === undefined ? 200 : 226,
      phoneLine: 1,
      cell: ({ id, vulnerabilityId, exploited }) => (
        <>
          <AppLink to={addressOf(id)}>{vulnerabilityId}</AppLink> {exploited == null ? null : <ExploitedBadge />}
        </>
      ),
    },
    { id: 'package', header: 'Package', phoneLine: 2, cell: ({ packageName, packageVersion }) => <PackageText name={packageName} version={packageVersion} /> },
    { id: 'fix', header: 'Fixed in', width: narrow ? '24%' : where === undefined ? 170 : 150, phoneLine: 3, cell: ({ fixState, fixVersion }) => <FixCell fixState={fixState} fixVersion={fixVersion ?? null} /> },
  ];
  if (narrow) return always;
  const layer: DataColumn<Row> = { id: 'layer', header: 'Layer', width: 72, phoneLine: 0, cell: ({ layerIndex }) => (layerIndex == null ? '–' : layerIndex + 1) };
  return [
    ...always,
    ...(where === undefined ? [] : [where]),
    { id: 'epss', header: 'EPSS', width: 86, phoneLine: 0, cell: ({ epss }) => formatShare(epss) },
    ...(where === undefined ? [layer] : []),
    { id: 'state', header: 'State', width: 130, phoneLine: 3, cell: ({ state }) => <StateCell state={state} /> },
  ];
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
