/** What the bench of a queue does in the page. Each function is sent there as it is. */

/** Puts there what the others use. */
export function install() {
  const grid = () => document.querySelector('[role="grid"][aria-label="Waiting runs"]');
  /** The runs that can be used, in their order, the heads of priorities left out. */
  window.waitingRows = () => [...(grid()?.querySelectorAll('[role="row"][aria-label]') ?? [])];
  window.waitingNames = () => window.waitingRows().map(({ ariaLabel }) => ariaLabel.split(',')[0]);
  /** Resolves at the end of the first frame in which `isThere`, in ms since `started`. */
  window.untilFrame = (started, isThere) =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (performance.now() - started > 10_000) return reject(new Error('nothing came'));
        if (!isThere()) return requestAnimationFrame(look);
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - started);
        port2.postMessage(null);
      };
      requestAnimationFrame(look);
    });
}

/**
 * From the press of the queue in the sidebar to the end of the frame that has its first rows, and of the one
 * in which they can be used.
 */
export async function openQueue() {
  const started = performance.now();
  const seen = () => grid()?.parentElement.textContent.match(/ v\d/g)?.length >= 10;
  const grid = () => document.querySelector('[role="grid"][aria-label="Waiting runs"]');
  [...document.querySelectorAll('nav button')]
    .find(({ title }) => title.startsWith('Queue default'))
    .click();
  const shown = await window.untilFrame(started, seen);
  return { shown, used: await window.untilFrame(started, () => window.waitingRows().length >= 10) };
}

/**
 * ms between frames while the page is scrolled down from its middle, and up again at its end. Nothing is
 * read from it meanwhile, which would make it lay itself out.
 */
export function scroll({ pxPerFrame, ms }) {
  const page = document.querySelector('[role="grid"][aria-label="Waiting runs"]').closest('main *');
  let scroller = page;
  while (
    scroller.scrollHeight <= scroller.clientHeight ||
    getComputedStyle(scroller).overflowY === 'visible'
  )
    scroller = scroller.parentElement;
  const room = scroller.scrollHeight - scroller.clientHeight;
  let top = room / 2;
  scroller.scrollTop = top;
  return new Promise((resolve) => {
    const times = [];
    let [first, last, by] = [null, null, pxPerFrame];
    const step = (now) => {
      if (last !== null) times.push(now - last);
      first ??= now;
      last = now;
      if (top + by > room || top + by < 0) by = -by;
      top += by;
      scroller.scrollTop = top;
      if (now - first < ms) return requestAnimationFrame(step);
      resolve(times.slice(1));
    };
    requestAnimationFrame(step);
  });
}

/** From the release of the mouse to the end of the frame that has another order. */
export function watchDrop() {
  window.dropped = new Promise((resolve, reject) => {
    const onDrop = () => {
      const before = window.waitingNames().join();
      const isOther = () => window.waitingNames().join() !== before;
      window.untilFrame(performance.now(), isOther).then(resolve, reject);
    };
    addEventListener('drop', onDrop, { capture: true, once: true });
  });
}

/** Where rows are in the window: the middle of each that is in sight as a whole. */
export function places() {
  return window
    .waitingRows()
    .map((row) => row.getBoundingClientRect())
    .filter(({ top, bottom }) => top > 150 && bottom < innerHeight - 20)
    .map(({ left, top, height }) => ({ x: left + 200, y: top + height / 2 }));
}
