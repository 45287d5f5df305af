/** An image of the demonstration. */
export interface DemoImage {
  readonly repository: string;
  readonly tag: string;
  readonly system: string;
  readonly application: string;
  /** Which of the four published versions of every library, 0 oldest; libraries of an image may be one ahead. */
  readonly generation: number;
  /** Tells images apart in what is drawn by number. */
  readonly number: number;
  readonly projectName: string;
  readonly projectVersion: string;
  /** What became of its last scan. */
  readonly outcome: 'succeeded' | 'partial' | 'failed' | 'failed-again' | 'not-scanned';
}

/** A connection of the demonstration with its images. */
export interface DemoConnection {
  readonly name: string;
  readonly description: string;
  readonly variant: 'private' | 'public';
  readonly region: string;
  readonly host: string;
  readonly images: readonly DemoImage[];
}

interface Team {
  readonly name: string;
  readonly connection: 0 | 1 | 2;
  readonly application: string;
  readonly system: string;
  readonly services: readonly string[];
}

const teams: readonly Team[] = [
  { name: 'payments', connection: 0, application: 'spring', system: 'debian', services: ['checkout-api', 'ledger', 'fraud-scorer', 'refunds', 'invoicing', 'payouts', 'card-vault', 'sandbox'] },
  { name: 'storefront', connection: 0, application: 'node', system: 'debian-web', services: ['web', 'search', 'cart', 'recommendations', 'assets', 'admin', 'reviews', 'newsletter'] },
  { name: 'platform', connection: 0, application: 'platform', system: 'alpine', services: ['ingress', 'service-mesh', 'events', 'scheduler', 'metrics-gateway', 'log-router', 'backup', 'build-agent'] },
  { name: 'identity', connection: 0, application: 'go', system: 'almalinux-micro', services: ['accounts', 'sessions', 'tokens', 'directory', 'audit', 'consent'] },
  { name: 'logistics', connection: 1, application: 'python-web', system: 'debian', services: ['routing', 'tracking', 'labels', 'returns', 'warehouse', 'carriers'] },
  { name: 'data-science', connection: 1, application: 'python-data', system: 'debian', services: ['jupyter', 'features', 'training', 'serving', 'churn', 'forecast', 'reports', 'spark-etl'] },
  { name: 'mobile', connection: 1, application: 'go', system: 'debian', services: ['gateway', 'push', 'config', 'experiments', 'feedback', 'crash-reports'] },
  { name: 'legacy', connection: 1, application: 'java-legacy', system: 'almalinux', services: ['billing', 'crm-bridge', 'pricing', 'mainframe-adapter', 'print-server'] },
  { name: 'base', connection: 2, application: 'none', system: 'debian-web', services: ['debian-web'] },
  { name: 'base', connection: 2, application: 'none', system: 'almalinux', services: ['almalinux'] },
  { name: 'tools', connection: 2, application: 'platform', system: 'alpine', services: ['alpine', 'proxy', 'queue'] },
];

const connections = [
  { name: 'Production, Frankfurt', description: 'What runs for customers', variant: 'private', region: 'eu-central-1', host: '418273905562.dkr.ecr.eu-central-1.amazonaws.com' },
  { name: 'Internal, Ireland', description: 'Back office and data', variant: 'private', region: 'eu-west-1', host: '730011428846.dkr.ecr.eu-west-1.amazonaws.com' },
  { name: 'Public base images', description: 'What our own images are built on', variant: 'public', region: 'us-east-1', host: 'public.ecr.aws' },
] as const;

const totalImages = 400;

/** Three connections, sixty repositories, four hundred images: always the same ones. */
export function demoPlan(): readonly DemoConnection[] {
  const repositories = teams.flatMap((team) => team.services.map((service) => ({ team, service })));
  const images = Array.from({ length: totalImages }, (_, number) => {
    const place = number % repositories.length;
    const { team, service } = repositories[place] as (typeof repositories)[number];
    const release = Math.floor(number / repositories.length);
    return { connection: team.connection, image: demoImage(team, service, release, number) };
  });
  return connections.map((connection, index) => ({ ...connection, images: images.filter((entry) => entry.connection === index).map(({ image }) => image) }));
}

const releases = 6;

/** Later releases hold newer libraries; some services are slower than others. */
function demoImage({ name, application, system }: Team, service: string, release: number, number: number): DemoImage {
  const major = 1 + ((service.length * 7) % 5);
  const tag = `${major}.${release + (service.length % 9)}.${(number * 3) % 10}`;
  const slow = service.length % 3;
  return {
    repository: `${name}/${service}`,
    tag,
    system,
    application,
    generation: Math.max(0, Math.min(3, Math.round((release / releases) * 3) - (slow === 0 ? 1 : 0))),
    number,
    projectName: `${name.charAt(0).toUpperCase()}${name.slice(1)} ${service}`,
    projectVersion: tag,
    outcome: outcomeOf(number),
  };
}

/** A few of each kind, so that every state has something to show. */
function outcomeOf(number: number): DemoImage['outcome'] {
  if (number % 131 === 7) return 'failed';
  if (number % 97 === 11) return 'failed-again';
  if (number % 83 === 29) return 'partial';
  return number % 149 === 40 ? 'not-scanned' : 'succeeded';
}
