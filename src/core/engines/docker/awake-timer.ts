/** A timer that is later than this was not due: the process was stopped, or held up. */
const LATE_MS = 500;

/**
 * Calls `run` after `ms`, and not because this process was stopped or its machine asleep meanwhile: what
 * it waits for had no time to happen then, so that the time begins anew. Returns what calls it off.
 */
export function awakeTimer(ms: number, run: () => void): () => void {
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    const due = performance.now() + ms;
    timer = setTimeout(() => (performance.now() - due > LATE_MS ? arm() : run()), ms);
  };
  arm();
  return () => clearTimeout(timer);
}
