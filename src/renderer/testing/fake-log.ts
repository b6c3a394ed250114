import type { LogConnection } from '../../shared/contract/bridge.ts';
import type { LogLine, LogReply } from '../../shared/contract/log-stream.ts';

/** Lines by index, made when they are asked for. */
export interface FakeLog {
  lines: number;
  ended: boolean;
  line: (index: number) => LogLine;
}

const ESC = '\x1b';

const line = (text: string, index: number, stream = 1): LogLine => ({
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
  if (start !== undefined) return line(start, index, index === 3 ? 2 : 1);
  const step = index - START.length;
  const loss = (2.4 * Math.exp(-step / 900) + 0.31 + ((step * 7919) % 100) / 4000).toFixed(4);
  if (step % 40 === 17) {
    return line(
      ` 10%|#         |\r 55%|#####     |\r100%|##########| ${step}/2000 [00:12<00:00]`,
      index,
      2,
    );
  }
  if (step % 97 === 60) {
    return line(
      `/work/models/transformer.py:212: UserWarning: the attention mask has the wrong type; it is converted on every step, which is slow. Pass a boolean mask to silence this.`,
      index,
      2,
    );
  }
  if (step % 200 === 199) {
    return line(
      `${ESC}[1;32m✓${ESC}[0m validation ${ESC}[1mloss=${loss}${ESC}[0m saved checkpoints/step-${step}.pt`,
      index,
    );
  }
  return line(
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
    line: (index) => line(lines[index]?.[1] ?? '', index, lines[index]?.[0]),
  };
};

/** Serves a log as the port of main does: one head at a time, the next after its `ack`. */
export function serveLog(log: FakeLog, onReply: (reply: LogReply) => void): LogConnection {
  let told = -1;
  let waiting = false;
  let open = true;
  const later = (action: () => void): void => void setTimeout(() => open && action(), 0);
  const tell = (): void => {
    if (waiting || (told === log.lines && !log.ended)) return;
    if (told === log.lines) return;
    told = log.lines;
    waiting = true;
    onReply({ type: 'head', view: 0, lines: log.lines, bytes: log.lines * 60, ended: log.ended });
  };
  later(tell);
  const timer = setInterval(tell, 50);
  return {
    send(request) {
      if (request.type === 'ack') {
        waiting = false;
        return later(tell);
      }
      if (request.type !== 'read') return;
      const { requestId, line: first, count } = request;
      later(() => {
        const size = Math.max(0, Math.min(count, log.lines - first));
        const lines = Array.from({ length: size }, (_, n) => log.line(first + n));
        onReply({ type: 'lines', requestId, first, lines });
      });
    },
    close() {
      open = false;
      clearInterval(timer);
    },
  };
}
