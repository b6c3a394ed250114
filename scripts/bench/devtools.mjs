/** Starts an Electron app and is told by its page when the first useful screen is painted. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { electronSwitches } from '../lib/electron.mjs';

const LIMIT_MS = 60_000;

/**
 * In the page: the wall time of the frame after the one in which the page says that it is ready.
 * Asked once a frame, so that waiting costs the page nothing to speak of.
 */
const PAINTED = `new Promise((resolve) => {
  const look = () => {
    if (document.documentElement?.dataset.ready !== 'true') return requestAnimationFrame(look);
    requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
  };
  look();
})`;

/**
 * @param {string[]} args the app's folder and what it is given
 * @returns {{ process: import('node:child_process').ChildProcess, painted: Promise<number> }} `painted`
 *   in ms since the spawn
 */
export function openWindow(args) {
  const { SLIPWAY_TEST_ELECTRON: electron, ...env } = process.env;
  const started = Date.now();
  const child = spawn(electron, [...electronSwitches(), '--remote-debugging-port=0', ...args], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const painted = paintedAt(child).then((at) => at - started);
  return { process: child, painted };
}

async function paintedAt(child) {
  const limit = AbortSignal.timeout(LIMIT_MS);
  const socket = new WebSocket(await devtoolsAddress(child, limit));
  try {
    await once(socket, 'open', { signal: limit });
    return await askFirstPage(socket, limit);
  } finally {
    socket.close();
  }
}

/** Chromium prints it on its standard error. */
async function devtoolsAddress(child, signal) {
  for await (const line of createInterface({ input: child.stderr, signal })) {
    const found = /^DevTools listening on (ws:\S+)/.exec(line);
    if (!found) continue;
    // What else it prints has nowhere to go.
    child.stderr.resume();
    return found[1];
  }
  throw new Error('the app ended before its window was there');
}

/** Asks the page as soon as it is there, and again when it went on to its own address meanwhile. */
function askFirstPage(socket, signal) {
  return new Promise((resolve, reject) => {
    let lastId = 0;
    const send = (method, params, sessionId) =>
      socket.send(JSON.stringify({ id: ++lastId, method, params, sessionId }));
    const ask = (sessionId) =>
      send('Runtime.evaluate', { expression: PAINTED, awaitPromise: true }, sessionId);
    signal.addEventListener('abort', () => reject(new Error('no screen came')), { once: true });
    socket.addEventListener('message', ({ data }) => {
      const { method, params, result, error, sessionId } = JSON.parse(data);
      if (method === 'Target.attachedToTarget' && params.targetInfo.type === 'page')
        ask(params.sessionId);
      if (sessionId && error) ask(sessionId);
      const at = result?.result?.value;
      if (at !== undefined) resolve(at);
    });
    const auto = { autoAttach: true, waitForDebuggerOnStart: false, flatten: true };
    send('Target.setAutoAttach', auto);
  });
}
