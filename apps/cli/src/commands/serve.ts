import { Command, Option } from 'commander';
import { readEnvironment } from '../environment.js';
import type { Role } from '../serve/serve.js';
import { waitForEnd } from '../wait-for-end.js';

/** `esscm serve`: the product, in one process or as one of its parts. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('Run ESSCM: web app, API and scanner, or one of them.')
    .addOption(new Option('--role <role>', 'what this process does').choices(['all', 'gateway', 'scanner']).default('all'))
    .addHelpText(
      'after',
      `
Settings come from the environment: PORT (4000), HOST (127.0.0.1), ESSCM_DATA_DIR (./data), DATABASE_URL, REDIS_URL,
ESSCM_MASTER_KEY, ESSCM_PUBLIC_URL, ESSCM_SCAN_CONCURRENCY (2), ESSCM_CALLS_PER_CHECK (1000), ESSCM_ADVISORY_UPDATES (24),
ESSCM_ADVISORY_MIRROR, ESSCM_ADVISORY_ADDRESSES, ESSCM_PRIVATE_NETWORKS, ESSCM_PLAIN_HTTP_REGISTRIES, ESSCM_ECR_SIMULATOR_URL,
ESSCM_ECR_API_ENDPOINT, ESSCM_ECR_STS_ENDPOINT, ESSCM_ECR_REGISTRY_ORIGIN, ESSCM_ECR_CUSTOM_ENDPOINTS, ESSCM_AWS_MACHINE_IDENTITY,
ESSCM_AWS_PRINCIPAL_ARN, ESSCM_ECR_PUBLIC_ACCESS_KEY_ID, ESSCM_ECR_PUBLIC_SECRET_ACCESS_KEY, ESSCM_LOG_LEVEL (info). Roles other than all need DATABASE_URL and ESSCM_MASTER_KEY.
`,
    )
    .action(async (options: { role: Role }) => {
      // The server's modules take longer to load than a small scan takes to run.
      const { serve } = await import('../serve/serve.js');
      const running = await serve(readEnvironment(), options.role);
      if (running.address !== undefined) process.stdout.write(`\nESSCM is ready: ${running.address}\n`);
      if (running.setupCode !== undefined) process.stdout.write(`Setup code for the first account: ${running.setupCode}\n`);
      for (const notice of running.notices) process.stdout.write(`${notice}\n`);
      await waitForEnd();
      await running.close();
    });
}
