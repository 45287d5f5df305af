import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Figures of this process, in the text format of Prometheus. One set a gateway; labels have few values, none of them from users. */
export class GatewayMetrics {
  readonly #registry = new Registry();
  readonly #requests: Histogram<'method' | 'route' | 'status'>;
  readonly #operations: Histogram<'type' | 'outcome'>;

  constructor(queueCounts: () => Promise<Readonly<Record<string, number>>>) {
    collectDefaultMetrics({ register: this.#registry });
    const registers = [this.#registry];
    const buckets = [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10, 30];
    this.#requests = new Histogram({
      name: 'esscm_http_request_duration_seconds',
      help: 'Time to answer an HTTP request.',
      labelNames: ['method', 'route', 'status'],
      buckets,
      registers,
    });
    this.#operations = new Histogram({
      name: 'esscm_graphql_operation_duration_seconds',
      help: 'Time to answer a GraphQL query or mutation.',
      labelNames: ['type', 'outcome'],
      buckets,
      registers,
    });
    new Gauge({
      name: 'esscm_queue_jobs',
      help: 'Scan jobs on the queue by state.',
      labelNames: ['state'],
      registers,
      async collect() {
        this.reset();
        for (const [state, count] of Object.entries(await queueCounts())) this.set({ state }, count);
      },
    });
  }

  observeRequest(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe({ method, route, status: String(status) }, seconds);
  }

  observeOperation(type: string, succeeded: boolean, seconds: number): void {
    this.#operations.observe({ type, outcome: succeeded ? 'succeeded' : 'failed' }, seconds);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  close(): void {
    this.#registry.clear();
  }
}
