import type { PluginHost, PluginRegistry } from '@esscm/registry-core';
import type { Store } from '@esscm/store';
import type { Logger } from 'pino';
import type { AuthenticationDatabase } from './authentication/authentication-database.js';

/** What a change of a scan says to everyone who follows it. The row is the truth: readers load it by id. */
export interface ScanChange {
  readonly scanId: string;
  readonly sequence: number;
}

/** What the gateway uses of the job queue and its events. */
export interface GatewayJobs {
  readonly scans: {
    add(scan: { readonly scanId: string }): Promise<unknown>;
    /** Ends a running scan's work, wherever it runs. The row is cancelled by the caller. */
    cancel(scanId: string): Promise<unknown>;
    counts(): Promise<unknown>;
  };
  readonly events: {
    publish(topic: 'scan', change: ScanChange): Promise<void> | void;
    /** Gives a function that ends the subscription. */
    subscribe(topic: 'scan', listener: (change: ScanChange) => void): SubscriptionEnd | Promise<SubscriptionEnd>;
  };
}

type SubscriptionEnd = () => void | Promise<void>;

/** The built-in registry that `connectSample` connects. */
export interface GatewaySample {
  /** Host of the image names: `123456789012.dkr.ecr.us-east-1.amazonaws.com`. */
  readonly registryHost: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly region: string };
  readonly images: readonly {
    readonly repository: string;
    readonly tag: string;
    readonly projectName: string;
    readonly projectVersion: string;
  }[];
}

export interface GatewaySettings {
  readonly port: number;
  /** Address to listen on. Beyond loopback, `setupCode` is required. */
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

/** Everything the gateway is given. It closes none of it. */
export interface GatewayDependencies {
  readonly store: Store & { readonly drizzle: AuthenticationDatabase };
  readonly jobs: GatewayJobs;
  readonly plugins: Pick<PluginRegistry, 'get' | 'list'>;
  /** The host a plugin connects through: the sample registry has its own. */
  hostFor(target: { readonly sample: boolean }): PluginHost;
  readonly sample: GatewaySample;
  /** Signs session cookies; 32 bytes or more, the same in every process of an installation. */
  readonly authenticationSecret: string;
  readonly installation: InstallationFacts;
  readonly settings: GatewaySettings;
  readonly log: Logger;
  readonly clock?: { now(): Date };
}
