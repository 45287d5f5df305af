/** A partner's client: GraphQL over HTTP with an access token or a session cookie. */
export class Api {
  readonly #origin: string;
  #cookie: string | undefined;
  #token: string | undefined;
  /** Called with every answer as it came, events included. */
  onAnswer: (text: string) => void = () => undefined;

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
    const text = await response.text();
    this.onAnswer(text);
    const answer = JSON.parse(text) as { data?: Data; errors?: { message: string }[] };
    if (answer.errors !== undefined || answer.data === undefined) throw new Error(JSON.stringify(answer.errors ?? answer));
    return answer.data;
  }

  /** Reads a subscription to its end, by the protocol graphql-transport-ws. Needs an access token. */
  async follow(query: string, variables: Record<string, unknown> = {}): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const socket = new WebSocket(`${this.#origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const send = (message: object) => socket.send(JSON.stringify(message));
    socket.addEventListener('open', () => send({ type: 'connection_init', payload: { authorization: `Bearer ${this.#token ?? ''}` } }));
    socket.addEventListener('close', ({ reason }) => reject(new Error(`The socket was closed: ${reason}`)));
    socket.addEventListener('message', ({ data }) => {
      this.onAnswer(String(data));
      const { type } = JSON.parse(String(data)) as { type: string };
      if (type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: { query, variables } });
      if (type === 'complete') resolve();
      if (type === 'error') reject(new Error(String(data)));
    });
    try {
      await promise;
    } finally {
      socket.close();
    }
  }

  async download(path: string): Promise<string> {
    const response = await fetch(`${this.#origin}${path}`, { headers: this.#credentials() });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.text();
  }

  /** Sends a document and gives the id it is kept under. */
  async upload(path: string, text: string): Promise<string> {
    const response = await fetch(`${this.#origin}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', 'apollo-require-preflight': 'true', ...this.#credentials() }, body: text });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return ((await response.json()) as { id: string }).id;
  }

  #credentials(): Record<string, string> {
    if (this.#token !== undefined) return { authorization: `Bearer ${this.#token}` };
    return this.#cookie === undefined ? {} : { cookie: this.#cookie };
  }
}
