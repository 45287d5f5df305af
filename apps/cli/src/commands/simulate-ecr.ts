import { Command } from 'commander';
import { waitForEnd } from '../wait-for-end.js';

/** `esscm simulate-ecr`: a local Amazon ECR, private and public, for development and tests. */
export function simulateEcrCommand(): Command {
  return new Command('simulate-ecr')
    .description('Run a local Amazon ECR, private and public, for development and tests.')
    .requiredOption('--config <file>', 'JSON file naming users, policies, repositories and their images (OCI layouts)')
    .option('--port <number>', 'port to listen on; default the one in the file, or any free one')
    .addHelpText(
      'after',
      `
Point ESSCM at it with ESSCM_ECR_SIMULATOR_URL=http://127.0.0.1:PORT. It listens on this machine only.
`,
    )
    .action(async (options: { config: string; port?: string }) => {
      const { loadSimulatorConfiguration, startEcrSimulator } = await import('@esscm/ecr-simulator');
      const configuration = await loadSimulatorConfiguration(options.config);
      await using simulator = await startEcrSimulator({
        ...configuration,
        ...(options.port === undefined ? {} : { port: Number(options.port) }),
      });
      console.error(`Amazon ECR is simulated at ${simulator.apiEndpoint}`);
      console.error(`Private registry ${simulator.registryHost}, public registry public.ecr.aws, blobs at ${simulator.blobOrigin}`);
      await waitForEnd();
    });
}
