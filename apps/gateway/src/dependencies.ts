import type { SampleRegistry } from '@esscm/ecr-simulator';
import type { EventBus, ScanJobs } from '@esscm/jobs';
import type { PluginHost, PluginRegistry } from '@esscm/registry-core';
import type { OpenStore, Store } from '@esscm/store';
import type { Logger } from 'pino';

/** What the gateway uses of the job queue and its events. */
export interface GatewayJobs {
  readonly scans: Pick<ScanJobs, 'add' | 'cancel' | 'counts' | 'pause' | 'resume'>;
  readonly events: Pick<EventBus, 'publish' | 'subscribe'>;
}

export interface GatewaySettings {
  readonly port: number;
  /** Address to listen on. Beyond loopback, or with a `publicOrigin`, `setupCode` is required. */
  readonly host: string;
  /** How browsers reach the server when it is not `http://host:port`, such as `https://esscm.example.org`. */
  readonly publicOrigin?: string;
  /** Asked for when the first account is created; printed where the server was started. */
  readonly setupCode?: string;
  /** The built web app; without it only the API is served. */
  readonly webFolder?: string;
}

/** Said by `Query.installation`. */
export interface InstallationFacts {
  readonly version: string;
  readonly storage: 'embedded' | 'postgresql';
  readonly queue: 'embedded' | 'postgresql' | 'redis';
}

/** What the gateway uses of the sample registry. */
export type GatewaySample = Pick<SampleRegistry, 'credentials'> & {
  readonly images: readonly Pick<SampleRegistry['images'][number], 'reference' | 'visibility' | 'projectName' | 'projectVersion'>[];
};

/** Everything the gateway is given. It closes none of it. */
export interface GatewayDependencies extends ServedDependencies {
  readonly store: Store & Pick<OpenStore, 'drizzle'>;
}

/** The same without what accounts are kept in. */
export interface ServedDependencies {
  readonly store: Store;
  readonly jobs: GatewayJobs;
  readonly plugins: Pick<PluginRegistry, 'get' | 'list'>;
  /** The host a plugin connects through: the sample registry has its own. */
  readonly hostFor: (target: { readonly sample: boolean }) => PluginHost;
  /** The built-in registry that `connectSample` connects. */
  readonly sample: GatewaySample;
  /** Signs session cookies; 32 bytes or more, the same in every process of an installation. */
  readonly authenticationSecret: string;
  readonly installation: InstallationFacts;
  readonly settings: GatewaySettings;
  readonly log: Logger;
  readonly clock?: { now(): Date };
}
