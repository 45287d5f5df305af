const publicHosts: ReadonlySet<string> = new Set(['public.ecr.aws', 'ecr-public.aws.com']);

/** An account's registry in any partition of AWS, by its standard, FIPS or dual-stack host name. */
const privateHost =
  /^\d{12}\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|on\.aws|on\.amazonwebservices\.com\.cn|on\.amazonwebservices\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/;

/** Whether a host is a registry of Amazon ECR, which has a plugin of its own. */
export function isAmazonHost(host: string): boolean {
  return publicHosts.has(host) || privateHost.test(host);
}
