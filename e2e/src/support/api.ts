/** A partner's client: GraphQL over HTTP with an access token or a session cookie. */
export class Api {
  readonly #origin: string;
  #cookie: string | undefined;
  #token: string | undefined;

  constructor(origin: string) {
    this.#origin = origin;
  }

  useToken(token: string): void {
    this.#token = token;
    this.#cookie = undefined;
  }

  /** Runs one operation and gives its data; any top-level error fails the test with its text. */
  async run<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const response = await fetch(`${this.#origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'apollo-require-preflight': 'true', ...this.#credentials() },
      body: JSON.stringify({ query, variables }),
    });
    const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]);
    if (cookie.length > 0) this.#cookie = cookie.join('; ');
    const answer = (await response.json()) as { data?: Data; errors?: { message: string }[] };
    if (answer.errors !== undefined || answer.data === undefined) throw new Error(JSON.stringify(answer.errors ?? answer));
    return answer.data;
  }

  async download(path: string): Promise<string> {
    const response = await fetch(`${this.#origin}${path}`, { headers: this.#credentials() });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.text();
  }

  #credentials(): Record<string, string> {
    if (this.#token !== undefined) return { authorization: `Bearer ${this.#token}` };
    return this.#cookie === undefined ? {} : { cookie: this.#cookie };
  }
}
