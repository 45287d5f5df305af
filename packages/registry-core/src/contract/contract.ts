import { accessChecks } from './access-checks.js';
import { configurationChecks } from './configuration-checks.js';
import type { ContractCheck } from './contract-check.js';
import type { ContractScenario, ContractSubject } from './contract-subject.js';
import { failureChecks } from './failure-checks.js';
import { listingChecks } from './listing-checks.js';

export type { ContractFault, ContractScenario, ContractSubject } from './contract-subject.js';

/** The two functions of a test runner that the kit uses; those of vitest and node:test fit. */
export interface ContractRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => Promise<void>) => unknown;
}

export interface ContractOptions {
  /** Of the plugin and the variant, for the report. */
  readonly name: string;
  /** Called once for every check; the kit disposes the subject. */
  readonly start: (scenario: ContractScenario) => Promise<ContractSubject>;
}

const checks: readonly ContractCheck[] = [
  ...configurationChecks,
  ...listingChecks,
  ...accessChecks,
  ...failureChecks,
];

/** Registers one test a rule that every registry plugin keeps. Run it once for each variant of a plugin. */
export function registerRegistryPluginContract(runner: ContractRunner, options: ContractOptions): void {
  runner.describe(`registry plugin contract: ${options.name}`, () => {
    for (const check of checks) {
      runner.it(check.name, async () => {
        await using subject = await options.start({ repositories: check.repositories ?? 7 });
        await check.run(subject);
      });
    }
  });
}
