import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import axe from 'axe-core';
import { expect, test, type App } from './app.ts';
import { placesShown, showNeutral } from './neutral-text.ts';
import { compact, difference, type Area } from './picture.ts';

interface Size {
  width: number;
  height: number;
}
type Theme = 'light' | 'dark';

/** As the window opens the first time, and as small as it gets. */
const FIRST: Size = { width: 1200, height: 780 };
const SMALLEST: Size = { width: 900, height: 600 };
/** What a screen looks like, for the README and for the next time it is taken. */
const FOLDER = join(import.meta.dirname, '..', '..', 'docs', 'screenshots');
/** How wide text was where the pictures were taken. */
const FONTS = join(import.meta.dirname, 'screens-fonts.json');
const update = process.env['SLIPWAY_UPDATE_SCREENSHOTS'] === '1';
/** The share of a picture that may differ. A page moved by 16 px is 0.03 and more, another page 0.09. */
const TOLERATED = 0.02;
/** A kept picture is taken anew when more of it can be seen to be different than a running time. */
const VISIBLE = 6;
const UNSEEN = 0.001;

interface Looking {
  /** The mouse stays where it is, on something that would leave without it. */
  pointing?: boolean;
  /** Parts that are never the same twice, beside times. */
  changing?: Locator;
  /** Rules that do not hold here. */
  except?: string;
}

/** The screens of an app: pictures to compare with those that are kept, and checks of each. */
export class Screens {
  readonly #app: App;
  readonly #names: string[] = [];
  readonly #comparable: boolean;

  private constructor(app: App, comparable: boolean) {
    this.#app = app;
    this.#comparable = comparable;
  }

  /** On a machine with other fonts every line is of another width: its pictures are taken and not compared. */
  static async of(app: App): Promise<Screens> {
    const widths = await textWidths(app.page);
    if (update) await writeFile(FONTS, `[${widths.join(', ')}]\n`);
    const kept: unknown = JSON.parse(await readFile(FONTS, 'utf8'));
    const comparable = JSON.stringify(kept) === JSON.stringify(widths);
    const description = 'pictures are not compared: this machine has other fonts';
    if (!comparable) {
      test.info().annotations.push({ type: 'not compared', description });
      process.stderr.write(`screenshots: ${description}\n`);
    }
    return new Screens(app, comparable);
  }

  /** Takes the screen as it is in both themes and sizes. */
  async take(name: string, { changing, except, pointing }: Looking = {}): Promise<void> {
    const { page } = this.#app;
    if (!pointing) await page.mouse.move(1, 1);
    await expect(page.getByRole('status', { name: READING })).toHaveCount(0);
    const off = except ? [except] : [];
    await this.#theme('light');
    await this.#picture(`${name}-light`, changing);
    await this.#check(name, { rules: [...off] });
    await this.#theme('dark');
    await this.#picture(`${name}-dark`, changing);
    await this.#check(`${name}, dark`, { only: 'color-contrast' });
    await this.#theme('light');
    await this.#resize(SMALLEST);
    // Colours are the same as in the larger window.
    await this.#check(`${name}, small`, { rules: [...off, 'color-contrast'] });
    await page.screenshot({ path: test.info().outputPath(`${name}-small.png`), ...STILL });
    await this.#resize(FIRST);
  }

  /** Every picture that is kept is of a screen that was taken. */
  async end(): Promise<void> {
    const taken = new Set(this.#names.map((name) => `${name}.png`));
    const kept = await readdir(FOLDER);
    const old = kept.filter((file) => !taken.has(file));
    if (update) await Promise.all(old.map((file) => rm(join(FOLDER, file))));
    else expect.soft(old, 'pictures of screens that are not there').toEqual([]);
  }

  async #picture(name: string, changing?: Locator): Promise<void> {
    const { page } = this.#app;
    this.#names.push(name);
    // A list that is drawn anew meanwhile shows its places again.
    const places = async (): Promise<string[]> => {
      await showNeutral(page);
      return placesShown(page);
    };
    await expect.poll(places, { message: `${name}: places of this machine` }).toEqual([]);
    const png = await compact(await page.screenshot(STILL));
    const areas = await areasOf(page, changing);
    const file = join(FOLDER, `${name}.png`);
    const kept = await readFile(file).catch(() => null);
    if (update) {
      await mkdir(FOLDER, { recursive: true });
      if (!kept || (await difference(png, kept, areas, VISIBLE)) > UNSEEN)
        await writeFile(file, png);
      return;
    }
    if (!this.#comparable) return;
    const share = kept ? await difference(png, kept, areas) : 1;
    if (share <= TOLERATED) return;
    await writeFile(test.info().outputPath(`${name}.png`), png);
    expect.soft(share, `${name} looks different`).toBeLessThanOrEqual(TOLERATED);
  }

  async #check(name: string, rules: Rules): Promise<void> {
    const { page } = this.#app;
    expect.soft(await cutOff(page), `${name}: cut off`).toEqual([]);
    expect.soft(await findings(page, rules), name).toEqual([]);
  }

  async #theme(colorScheme: Theme): Promise<void> {
    // Playwright stands in for the system's choice of a theme.
    await this.#app.page.emulateMedia({ colorScheme });
  }

  async #resize(content: Size): Promise<void> {
    const { electron, page } = this.#app;
    await expect(() =>
      electron.evaluate(({ BrowserWindow }, { width, height }) => {
        BrowserWindow.getAllWindows()[0]!.setContentSize(width, height);
      }, content),
    ).toPass();
    await expect
      .poll(() => page.evaluate(() => ({ width: innerWidth, height: innerHeight })), {
        intervals: [20, 50, 100],
      })
      .toEqual(content);
  }
}

/** What stands in place of a part of the screen until it was read. */
const READING = /^(Reading|Working out|Comparing|Checking)/;
const STILL = { animations: 'disabled', caret: 'hide' } as const;

/** How wide a text is in the fonts of the window, in px. */
const textWidths = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const { font } = getComputedStyle(document.body);
    const mono = getComputedStyle(document.documentElement).getPropertyValue('--mono');
    const context = document.createElement('canvas').getContext('2d')!;
    return [font, `12px ${mono}`].map((each) => {
      context.font = each;
      return Math.round(context.measureText('Launch the quick brown fox 0123456789').width);
    });
  });

/** Where times stand, which are never the same twice, and what else was named. */
async function areasOf(page: Page, changing?: Locator): Promise<Area[]> {
  const places = changing ? page.locator('time').or(changing) : page.locator('time');
  return places.evaluateAll((elements) =>
    elements.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    }),
  );
}

/** Nothing is wider than the window, and no control reaches over its edge. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > innerWidth ? ['the page'] : [];
    const controls = document.querySelectorAll('header button, [role="dialog"] button');
    const beyond = [...controls].filter((control) => {
      const { left, right, width } = control.getBoundingClientRect();
      return width > 0 && (left < 0 || right > innerWidth);
    });
    return [...wide, ...beyond.map((control) => control.outerHTML.slice(0, 200))];
  });

interface Rules {
  /** Those left out. */
  rules?: string[];
  /** The one that is looked at alone. */
  only?: string;
}

async function findings(page: Page, { rules = [], only }: Rules): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const options: axe.RunOptions = {
    resultTypes: ['violations'],
    ...(only && { runOnly: [only] }),
    rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: false }])),
  };
  const found = await page.evaluate(
    (how) => (window as unknown as { axe: typeof axe }).axe.run(document, how),
    options,
  );
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join('; ')}`,
    );
}
