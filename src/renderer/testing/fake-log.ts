import type { LogConnection } from '../../shared/contract/bridge.ts';
import type { LogLine, LogReply, LogRequest } from '../../shared/contract/log-stream.ts';

/** Lines by index, made when they are asked for. */
export interface FakeLog {
  lines: number;
  ended: boolean;
  line: (index: number) => LogLine;
}

const ESC = '\x1b';

const made = (text: string, index: number, stream = 1): LogLine => ({
  text,
  stream,
  number: index,
  at: Date.now() - 720_000 + index * 40,
  continues: false,
});

const START = [
  `${ESC}[1mslipway example${ESC}[0m python 3.11.2`,
  `Loading ${ESC}[36mconfigs/base.yaml${ESC}[0m`,
  'Corpus: 1,204,331 sentences in 48 shards',
  `${ESC}[33mwarning${ESC}[0m: shard 17 has 3 lines that are not UTF-8; they are skipped`,
];

/** A training log: colours, a progress bar, warnings on stderr. */
export function trainingLine(index: number): LogLine {
  const start = START[index];
  if (start !== undefined) return made(start, index, index === 3 ? 2 : 1);
  const step = index - START.length;
  const loss = (2.4 * Math.exp(-step / 900) + 0.31 + ((step * 7919) % 100) / 4000).toFixed(4);
  if (step % 40 === 17) {
    return made(
      ` 10%|#         |\r 55%|#####     |\r100%|##########| ${step}/2000 [00:12<00:00]`,
      index,
      2,
    );
  }
  if (step % 97 === 60) {
    return made(
      `/work/models/transformer.py:212: UserWarning: the attention mask has the wrong type; it is converted on every step, which is slow. Pass a boolean mask to silence this.`,
      index,
      2,
    );
  }
  if (step % 200 === 199) {
    return made(
      `${ESC}[1;32m✓${ESC}[0m validation ${ESC}[1mloss=${loss}${ESC}[0m saved checkpoints/step-${step}.pt`,
      index,
    );
  }
  return made(
    `${ESC}[2mepoch ${1 + Math.floor(step / 400)}${ESC}[0m step=${step} loss=${loss} lr=3.0e-04 tokens/s=${18_000 + ((step * 31) % 900)}`,
    index,
  );
}

const BUILD: [number, string][] = [
  [2, 'transferring context: 96 B'],
  [3, 'Collecting numpy==2.1.3'],
  [3, '  Downloading numpy-2.1.3-cp311-cp311-manylinux_2_17_x86_64.whl (16.3 MB)'],
  [3, 'Collecting pandas==2.2.3'],
  [3, '  Using cached pandas-2.2.3-cp311-cp311-manylinux_2_17_x86_64.whl (13.1 MB)'],
  [
    3,
    `${ESC}[31mERROR: Could not find a version that satisfies the requirement torch==9.9${ESC}[0m`,
  ],
  [3, `${ESC}[31mERROR: No matching distribution found for torch==9.9${ESC}[0m`],
];

export const buildLog = (failed: boolean): FakeLog => {
  const lines = failed ? BUILD : BUILD.slice(0, 5);
  return {
    lines: lines.length,
    ended: true,
    line: (index) => made(lines[index]?.[1] ?? '', index, lines[index]?.[0]),
  };
};

type View = Extract<LogRequest, { type: 'view' }>;
type Search = Extract<LogRequest, { type: 'search' }>;

/** The lines of a log that a view shows, by their numbers in the log. */
function numbersOf(log: FakeLog, view: View | null): number[] {
  const all = Array.from({ length: log.lines }, (_, number) => number);
  const { streams } = view ?? { streams: null };
  return streams ? all.filter((number) => streams.includes(log.line(number).stream)) : all;
}

// oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
const bare = (text: string): string => text.replaceAll(/\x1b\[[\d;]*m/g, '');

function matches({ pattern, regex, matchCase }: Search, text: string): boolean {
  if (regex) return new RegExp(pattern, matchCase ? '' : 'i').test(text);
  return matchCase ? text.includes(pattern) : text.toLowerCase().includes(pattern.toLowerCase());
}

/** What looks like the reason of a failure, from the end. */
const FAILURE = /^(?:ERROR|\w*Error)\b/;

function answerTo(log: FakeLog, shown: readonly number[], request: LogRequest): LogReply | null {
  const lineAt = (number: number): number | null => {
    const line = shown.indexOf(number);
    return line < 0 ? null : line;
  };
  switch (request.type) {
    case 'read': {
      const numbers = shown.slice(request.line, request.line + request.count);
      const lines = numbers.map((number) => log.line(number));
      return { type: 'lines', requestId: request.requestId, first: request.line, lines };
    }
    case 'search': {
      const hits = shown.flatMap((number, line) =>
        matches(request, bare(log.line(number).text)) ? [line] : [],
      );
      const told = { lines: hits, searched: shown.length, done: true, capped: false };
      return { type: 'found', requestId: request.requestId, ...told };
    }
    case 'at': {
      const line = shown.findIndex((number) => log.line(number).at >= request.at);
      return { type: 'line', requestId: request.requestId, line: line < 0 ? null : line };
    }
    case 'locate':
      return { type: 'line', requestId: request.requestId, line: lineAt(request.number) };
    case 'failure': {
      const number = shown.findLast((at) => FAILURE.test(bare(log.line(at).text)));
      const line = number === undefined ? null : lineAt(number);
      return { type: 'line', requestId: request.requestId, line };
    }
    default:
      return null;
  }
}

/** Serves a log as the port of main does: one head at a time, the next after its `ack`. */
export function serveLog(log: FakeLog, onReply: (reply: LogReply) => void): LogConnection {
  let view: View | null = null;
  let shown: number[] = [];
  let told = '';
  let waiting = false;
  let open = true;
  const later = (action: () => void): void => void setTimeout(() => open && action(), 0);
  const tell = (): void => {
    const { lines: all, ended } = log;
    const now = `${view?.view} ${all} ${ended}`;
    if (waiting || told === now) return;
    told = now;
    waiting = true;
    shown = numbersOf(log, view);
    const lines = shown.length;
    onReply({
      type: 'head',
      view: view?.view ?? 0,
      lines,
      settled: lines,
      bytes: lines * 60,
      ended,
    });
  };
  later(tell);
  const timer = setInterval(tell, 50);
  return {
    send(request) {
      if (request.type === 'view') {
        view = request;
        waiting = false;
      }
      if (request.type === 'ack') waiting = false;
      later(() => {
        tell();
        const reply = answerTo(log, shown, request);
        if (reply) onReply(reply);
      });
    },
    close() {
      open = false;
      clearInterval(timer);
    },
  };
}
