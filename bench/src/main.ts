import { parseArgs } from 'node:util';
import { benchAdvisories } from './advisories/bench-advisories.js';
import { benchGoldens, benchLabels } from './advisories/bench-quality.js';
import { benchClassifiers } from './classifiers/bench-classifiers.js';
import { benchDocuments } from './documents/bench-documents.js';
import { benchFixtures } from './fixtures/bench-fixtures.js';
import { benchGoals, type GoalOptions } from './goals/bench-goals.js';
import { benchCommandGoals } from './goals/command-goals.js';
import { benchStart } from './goals/bench-start.js';
import { runService, type ServiceImages } from './goals/service-run.js';
import { benchCataloguePeers } from './catalogue-peers/bench-catalogue-peers.js';
import { makeCatalogueImages } from './catalogue-peers/make-catalogue-images.js';
import { benchPeers } from './peers/bench-peers.js';
import { benchHostile } from './hostile/bench-hostile.js';
import { benchTriage } from './rematch/bench-triage.js';
import { benchReads } from './rematch/bench-reads.js';
import { benchRematch } from './rematch/bench-rematch.js';
import { benchBrowse } from './browse.js';
import { benchLicences } from './licences.js';
import { benchScan } from './scan.js';
import { fillScale } from './scale/fill-scale.js';
import { benchServe } from './serve.js';
import { benchTruth } from './truth.js';
import { usage } from './usage.js';
import { benchLargeLists } from './web/bench-large-lists.js';
import { benchPageChanges } from './web/bench-page-changes.js';
import { benchWeb } from './web/bench-web.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    layout: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    idle: { type: 'string', default: '20' },
    images: { type: 'string' },
    fixtures: { type: 'string' },
    registry: { type: 'string' },
    snapshot: { type: 'string' },
    labels: { type: 'string' },
    document: { type: 'string' },
    origin: { type: 'string' },
    stored: { type: 'string', default: '10000' },
    changed: { type: 'string', default: '1000' },
    database: { type: 'string' },
    folder: { type: 'string' },
    repositories: { type: 'string', default: '10000' },
    small: { type: 'string' },
    typical: { type: 'string' },
    large: { type: 'string' },
    lists: { type: 'boolean', default: false },
    'page-changes': { type: 'boolean', default: false },
    'many-files': { type: 'string' },
    made: { type: 'string' },
    syft: { type: 'string' },
    trivy: { type: 'string' },
    snyk: { type: 'string' },
    only: { type: 'string' },
    foreign: { type: 'string' },
    documents: { type: 'string' },
    downloads: { type: 'string' },
    'repository-images': { type: 'string', default: '100000' },
  },
});

switch (positionals[0]) {
  case 'scan':
    if (values.layout === undefined) throw new Error('bench scan needs --layout FOLDER, an OCI layout of one image.');
    await benchScan({ layout: values.layout, rounds: Number(values.rounds) });
    break;
  case 'goals': {
    const options: GoalOptions = {
      rounds: Number(values.rounds),
      layouts: given({ small: values.small, typical: values.typical, large: values.large, 'many files': values['many-files'] }),
      made: values.made,
      peers: given({ syft: values.syft, trivy: values.trivy, snyk: values.snyk }),
      registry: values.registry,
    };
    if (values.only === undefined) await benchGoals(options);
    else await benchCommandGoals(options, values.only.split(','));
    break;
  }
  case 'start':
    await benchStart(required(values.small, '--small FOLDER, an OCI layout of a small image'), Number(values.rounds));
    break;
  case 'goals-service':
    // Started by `goals`, so that the process measured is its own.
    await runService(JSON.parse(values.images ?? '') as ServiceImages, values.folder ?? '');
    break;
  case 'browse':
    await benchBrowse({ repositories: Number(values.repositories), images: Number(values['repository-images']) });
    break;
  case 'serve':
    await benchServe({ idleSeconds: Number(values.idle) });
    break;
  case 'rematch':
    if (values.layout === undefined) throw new Error('bench rematch needs --layout FOLDER, an OCI layout of one image.');
    await benchRematch({ layout: values.layout, images: Number(values.stored), changed: Number(values.changed), databaseUrl: values.database });
    break;
  case 'reads':
    await benchReads({
      stored: values.database === undefined ? { layout: required(values.layout, '--database URL, a PostgreSQL database that bench rematch filled, or --layout FOLDER'), images: Number(values.stored) } : { databaseUrl: values.database },
      rounds: Number(values.rounds),
    });
    break;
  case 'triage':
    await benchTriage(required(values.database, '--database URL, a PostgreSQL database that bench rematch filled'));
    break;
  case 'hostile':
    await benchHostile();
    break;
  case 'truth':
    if (values.images === undefined) throw new Error('bench truth needs --images FOLDER, OCI layouts with NAME.truth.tsv beside them.');
    await benchTruth({ images: values.images, only: values.only, registry: values.registry });
    break;
  case 'fixtures':
    await benchFixtures({ fixtures: required(values.fixtures, '--fixtures FOLDER, the collection of fixtures with its lists') });
    break;
  case 'advisories':
    await benchAdvisories({ snapshot: required(values.snapshot, '--snapshot FOLDER, OSV bundles'), rounds: Number(values.rounds) });
    break;
  case 'goldens':
    await benchGoldens({ snapshot: required(values.snapshot, '--snapshot FOLDER, OSV bundles') });
    break;
  case 'labels':
    await benchLabels({ snapshot: required(values.snapshot, '--snapshot FOLDER, OSV bundles'), labels: required(values.labels, '--labels FOLDER, labels of matches') });
    break;
  case 'licences':
    benchLicences({ images: required(values.images, '--images FOLDER, OCI layouts'), only: values.only });
    break;
  case 'peers':
    await benchPeers({ snapshot: required(values.snapshot, '--snapshot FOLDER, OSV bundles'), document: values.document });
    break;
  case 'catalogue-peers':
    benchCataloguePeers({ images: required(values.images, '--images FOLDER, OCI layouts'), only: values.only, documents: values.documents, syft: values.syft, trivy: values.trivy });
    break;
  case 'documents':
    await benchDocuments({ images: values.images, registry: values.registry, foreign: values.foreign });
    break;
  case 'catalogue-images':
    await makeCatalogueImages({ folder: required(values.folder, '--folder FOLDER, where the layouts are put'), only: values.only });
    break;
  case 'classifiers':
    await benchClassifiers({ only: values.only, downloads: values.downloads, syft: values.syft });
    break;
  case 'scale':
    await fillScale({ layout: required(values.layout, '--layout FOLDER, an OCI layout of an image with many packages'), folder: required(values.folder, '--folder FOLDER, a data folder that esscm seed-demo filled') });
    break;
  case 'web':
    if (values.lists) await benchLargeLists({ origin: required(values.origin, '--origin URL of a server whose data folder bench scale filled'), rounds: Number(values.rounds) });
    else if (values['page-changes']) await benchPageChanges(required(values.origin, '--origin URL of a server with a demonstration'));
    else await benchWeb({ origin: values.origin });
    break;
  default:
    console.error(['Usage:', ...usage.map((line) => `  pnpm bench ${line}`)].join('\n'));
    process.exitCode = 2;
}

/** Without what was not given. */
function given<Name extends string>(values: Readonly<Record<Name, string | undefined>>): Partial<Record<Name, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Record<Name, string>>;
}

function required(value: string | undefined, what: string): string {
  if (value === undefined) throw new Error(`This needs ${what}.`);
  return value;
}
