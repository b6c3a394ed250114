import { homedir, tmpdir } from 'node:os';
import type { Page } from '@playwright/test';

/** Programs of the system alone: what a person has installed elsewhere is of their machine. */
export const SYSTEM_PATH = { PATH: '/usr/bin:/bin' };

/** Places of the machine that takes the pictures, and what stands for them. The first that fits counts. */
const PLACES: readonly [pattern: string, shown: string][] = [
  [`${tmpdir()}/slipway-e2e-\\w+/data`, '/home/user/.local/share/slipway'],
  [`${tmpdir()}/slipway-e2e-\\w+`, '/home/user'],
  [`${tmpdir()}/code-\\w+`, '/home/user/code'],
  [`${homedir()}(?=/)`, '/home/user'],
];

/** Every data folder names its images otherwise, and each name is of another width. */
const IMAGES: readonly [pattern: string, shown: string] = [
  '(?<=slipway/job:)[0-9a-f]{24}',
  '1648e9c803a6f1698811bc37',
];

/** Shows places of anybody's machine instead of this one's, in texts and fields, until they are drawn anew. */
export const showNeutral = (page: Page): Promise<void> =>
  page.evaluate(
    (places) => {
      const neutral = (text: string): string =>
        places.reduce((all, [place, shown]) => all.replaceAll(new RegExp(place, 'g'), shown), text);
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const text = node.nodeValue ?? '';
        if (neutral(text) !== text) node.nodeValue = neutral(text);
      }
      for (const field of document.querySelectorAll<HTMLInputElement>('input, textarea')) {
        if (neutral(field.value) !== field.value) field.value = neutral(field.value);
      }
    },
    [...PLACES, IMAGES],
  );

/** What on the page still tells of the machine. */
export const placesShown = (page: Page): Promise<string[]> =>
  page.evaluate(
    (places) => {
      const fields = document.querySelectorAll<HTMLInputElement>('input, textarea');
      const text = [document.body.innerText, ...[...fields].map(({ value }) => value)].join('\n');
      return text.match(new RegExp(`\\S*(?:${places.join('|')})\\S*`, 'g')) ?? [];
    },
    [...PLACES.map(([place]) => place), '\\.pyenv', '/tmp/\\S*\\w{6}'],
  );
