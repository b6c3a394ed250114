/** What the bench of the list of runs does in the page. Each function is sent there as it is. */

/** Puts `untilFrame` there, which the others use. */
export function install() {
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
  window.rowsText = () =>
    [...document.querySelectorAll('[role="grid"][aria-label="Runs"] [role="row"]')]
      .slice(1, 16)
      .map((row) => (row.querySelector('[aria-busy]') ? '' : row.textContent))
      .join('\n');
  window.shownText = () =>
    `${document.querySelector('[role="status"]')?.textContent}\n${window.rowsText()}`;
}

/** From the press of "Runs" to the frame that has rows. */
export function openRuns() {
  const started = performance.now();
  [...document.querySelectorAll('nav button')]
    .find(({ textContent }) => textContent.startsWith('Runs'))
    .click();
  return window.untilFrame(started, () => window.rowsText().length > 100);
}

/** From the press of a title or a choice to the frame that has other rows. */
export function press(words) {
  const before = window.shownText();
  const started = performance.now();
  [
    ...document.querySelectorAll(
      '[role="columnheader"] button, [role="radio"], [role="radiogroup"] *',
    ),
  ]
    .find(({ textContent }) => textContent.trim() === words)
    .click();
  return window.untilFrame(started, () => window.shownText() !== before);
}

/** From a change of the text to filter by to the frame that has what it finds. */
export function filterBy(text) {
  const input = document.querySelector('input[type="search"]');
  const before = window.shownText();
  const started = performance.now();
  // As React hears of what is typed.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, text);
  input.dispatchEvent(new Event('input', { bubbles: true }));
  return window.untilFrame(started, () => window.shownText() !== before);
}

/** From the start of loading the page itself to its first frame. */
export function loadedIn() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    });
  });
}
