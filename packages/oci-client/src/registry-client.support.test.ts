import { FakeClock, ImageBuilder, type TestRegistry } from '@esscm/testkit';
import { OciError } from './errors.js';
import { createDialPolicy } from './guarded-dialer.js';
import { RegistryClient, type RegistryClientOptions } from './registry-client.js';

/** An image of one layer. */
export const smallImage = new ImageBuilder().layer({ 'etc/os-release': 'ID=test\n' }).build();

/** Of all clients made here: nothing waits, and what would have is noted. */
export const clock = new FakeClock();

/** A client of a registry on this machine, without TLS. */
export function clientOf({ host }: TestRegistry, options: Partial<RegistryClientOptions> = {}): RegistryClient {
  return new RegistryClient({ host, plainHttp: true, dialer: createDialPolicy({ allowLoopback: true }), clock, ...options });
}

/** The error that work fails with. */
export async function failure(work: Promise<unknown>): Promise<Partial<OciError>> {
  try {
    await work;
  } catch (error) {
    if (error instanceof OciError) return error;
    throw error;
  }
  throw new Error('Nothing failed.');
}
