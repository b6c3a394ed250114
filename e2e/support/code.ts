/** Prints a number every tenth of a second for a minute, after a line that no other start prints. */
export const TICKS = `
import os, time
print("start", os.urandom(4).hex(), flush=True)
for i in range(600):
    print("tick", i, flush=True)
    time.sleep(0.1)
`;

/** Whether a log of {@link TICKS} holds every line once, from one start. */
export function expectWholeTicks(text: string): number {
  const [start, ...ticks] = text.split('\n').filter((line) => /^(start|tick) /.test(line));
  if (!start?.startsWith('start')) throw new Error(`It does not begin with its start: ${text}`);
  const wrong = ticks.findIndex((line, i) => line !== `tick ${i}`);
  if (wrong >= 0) throw new Error(`"${ticks[wrong]}" stands where "tick ${wrong}" belongs`);
  return ticks.length;
}
