import type { Browser, Page } from './browser-session.js';

/** One event of a trace, as Chromium writes it: times in microseconds, `tts` and `tdur` in processor time of its thread. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tts?: number;
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly requestId?: string; readonly url?: string; readonly message?: string; readonly name?: string; readonly type?: string } };
}

/** A task of the page's thread that took longer than a frame should wait. */
interface LongTask {
  readonly cpuMs: number;
  /** "script 61 ms, style 22 ms": what took most of it. */
  readonly cause: string;
}

/** What a page's thread did between two moments, in its own processor time, whoever else used the machine. */
export interface ThreadTrace {
  /** From the end of the last answer of the API before the rows were drawn; from {@link markActed} on when no answer was needed. */
  readonly toRowsMs: number;
  readonly answered: boolean;
  /** Above 50 ms, the longest first. */
  readonly longTasks: readonly LongTask[];
}

/** What the page writes into the trace. */
const actedMark = 'esscm acted';
const drawnMark = 'esscm rows drawn';
const longTaskMs = 50;

/** The page says that what changes the rows is about to happen. A script of the page. */
export const markActed = `console.timeStamp(${JSON.stringify(actedMark)})`;

/** The page says when its rows are on the screen: the frame that shows them has been laid out and painted. An expression for a script of the page. */
export const markDrawn = `new Promise((resolve) => requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => { console.timeStamp(${JSON.stringify(drawnMark)}); resolve(undefined); }; port2.postMessage(undefined); }))`;

/** Records what the thread of a page does during `work`, which has the page run {@link markActed} and {@link markDrawn}. */
export async function traced(browser: Browser, page: Page, work: () => Promise<void>): Promise<ThreadTrace> {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  let text: string;
  try {
    await work();
  } finally {
    text = (await browser.stopTracing()).toString('utf8');
  }
  const { traceEvents } = JSON.parse(text) as { readonly traceEvents: readonly TraceEvent[] };
  const marked = (mark: string): TraceEvent => {
    const event = traceEvents.findLast(({ name, args }) => name === 'TimeStamp' && args?.data?.message === mark);
    if (event === undefined) throw new Error(`The trace does not say "${mark}".`);
    return event;
  };
  const [acted, drawn] = [marked(actedMark), marked(drawnMark)];
  const thread = traceEvents.filter(({ pid, tid }) => pid === drawn.pid && tid === drawn.tid).toSorted((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0));
  const ofApi = new Set(thread.filter(({ name, args }) => name === 'ResourceSendRequest' && args?.data?.url?.endsWith('/graphql')).map(({ args }) => args?.data?.requestId));
  const answer = thread.findLast(({ name, ts, args }) => (name === 'ResourceFinish' || name === 'ResourceReceivedData') && ts > acted.ts && ts < drawn.ts && ofApi.has(args?.data?.requestId));
  return { toRowsMs: (cpuAt(drawn) - cpuAt(answer ?? acted)) / 1000, answered: answer !== undefined, longTasks: longTasks(thread) };
}

function cpuAt({ name, tts }: TraceEvent): number {
  if (tts === undefined) throw new Error(`This Chromium does not tell the processor time of ${name}.`);
  return tts;
}

function longTasks(thread: readonly TraceEvent[]): readonly LongTask[] {
  return thread
    .filter(({ name, tdur = 0 }) => name === 'RunTask' && tdur / 1000 > longTaskMs)
    .map((task) => ({ cpuMs: (task.tdur ?? 0) / 1000, cause: causeOf(thread.filter((event) => event.ph === 'X' && event.ts >= task.ts && event.ts < task.ts + (task.dur ?? 0))) }))
    .toSorted((one, other) => other.cpuMs - one.cpuMs);
}

const kinds: Readonly<Record<string, string>> = {
  EvaluateScript: 'loading scripts',
  'v8.evaluateModule': 'loading scripts',
  'v8.compile': 'compiling',
  'v8.compileModule': 'compiling',
  FunctionCall: 'script',
  RunMicrotasks: 'script',
  UpdateLayoutTree: 'style',
  Layout: 'layout',
  PrePaint: 'paint',
  Paint: 'paint',
  Layerize: 'paint',
  Commit: 'paint',
  UpdateLayer: 'paint',
  MinorGC: 'garbage',
  MajorGC: 'garbage',
  ParseHTML: 'parsing',
};

/** Time by kind; an event of no kind counts to what it stands in. @param events those of one task in the order they began, a task before what it did */
function causeOf(events: readonly TraceEvent[]): string {
  const spent = new Map<string, number>();
  const open: { readonly end: number; readonly kind: string }[] = [];
  const add = (kind: string, cpu: number): void => void spent.set(kind, (spent.get(kind) ?? 0) + cpu);
  for (const { name, ts, dur = 0, tdur = 0, args } of events) {
    while ((open.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= ts) open.pop();
    const around = open.at(-1)?.kind ?? 'other';
    const kind = name === 'EventDispatch' ? `script on ${args?.data?.type ?? 'an event'}` : (kinds[name] ?? around);
    if (open.length > 0) add(around, -tdur);
    add(kind, tdur);
    open.push({ end: ts + dur, kind });
  }
  const worst = [...spent].toSorted(([, one], [, other]) => other - one).slice(0, 3);
  return worst.filter(([, cpu]) => cpu > 5000).map(([kind, cpu]) => `${kind} ${(cpu / 1000).toFixed(0)} ms`).join(', ');
}
