import type { LogLine } from '../../shared/contract/log-stream.ts';
import { STDERR } from '../../shared/contract/log-stream.ts';
import { foldLine } from './fold/fold-line.ts';
import { withoutSequences } from './fold/sequences.ts';

/** A line that says so, further up than this, was not the end of the run. */
const NEAR_END = 200;

const TRACEBACK = /Traceback \(most recent call last\):\s*$/;
/** Between the tracebacks of a chain. */
const IN_CHAIN = /^(During handling of the above|The above exception was)/;

/** What programs print when they give up. A figure behind `error:` is a metric. */
const TELLING: readonly RegExp[] = [
  /(^|[\s:[(])(fatal|panic|Fatal|FATAL|[\w.]+(?:Error|Exception))\b[^:\w]{0,3}:\s*\S/,
  /(^|[\s:[(])(error|Error|ERROR)\b[^:\w]{0,3}:(?!\s*[-+]?\.?\d[\d.]*(?:e[-+]?\d+)?(?:[\s,;%]|$))\s*\S/,
  /\bsegmentation fault\b|\bcore dumped\b|\bbus error\b|\billegal instruction\b|\bSIGSEGV\b/i,
  /^terminate called |\bpanicked at\b|^Exception in thread |^Error in |^Killed$|^Aborted$|^npm ERR! \S/,
  /: (command )?not found$|[:\]] No such file or directory$|[:\]] Permission denied$/,
];
/** What only says that something above went wrong. */
const FOLLOW_UP = /^(make(\[\d+\])?|ninja): |^ERROR conda\.cli\.main_run/;

/**
 * Which of a log's last lines tells why a run failed: the exception of the last Python traceback,
 * else the last line that names an error, on stderr first. Null when none does.
 */
export function failureLine(lines: readonly LogLine[]): number | null {
  const shown = lines.map(({ text, stream }) => ({
    text: withoutSequences(foldLine(text)),
    stream,
  }));
  return lastException(shown) ?? lastTelling(shown, true) ?? lastTelling(shown, false);
}

type Shown = Pick<LogLine, 'text' | 'stream'>;

function lastException(lines: readonly Shown[]): number | null {
  const start = lines.findLastIndex(({ text }) => TRACEBACK.test(text));
  if (start === -1) return null;
  const { stream } = lines[start]!;
  const found = lines.findIndex(
    (line, index) => index > start && line.stream === stream && isException(line.text),
  );
  return found === -1 ? null : found;
}

/** The first line that is not indented: frames and their code are. */
const isException = (text: string): boolean => /^\S/.test(text) && !IN_CHAIN.test(text);

function lastTelling(lines: readonly Shown[], onStderr: boolean): number | null {
  const from = Math.max(0, lines.length - NEAR_END);
  const found = lines.findLastIndex(
    ({ text, stream }, index) =>
      index >= from &&
      (!onStderr || stream === STDERR) &&
      !FOLLOW_UP.test(text) &&
      TELLING.some((pattern) => pattern.test(text)),
  );
  return found === -1 ? null : found;
}
