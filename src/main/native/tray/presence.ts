import { app, Menu, Tray } from 'electron';
import type { Changes } from '../../../shared/contract/events.ts';
import type { Queue } from '../../../shared/domain/queue.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { ActivityRepo } from '../../../core/db/activity-repo.ts';
import { Soonest } from './soonest.ts';
import { hasTrayHost } from './tray-host.ts';
import { trayIcon } from './tray-icon.ts';
import {
  LISTED_RUNS,
  tooltip,
  trayMenu,
  trayState,
  type Activity,
  type TrayChoices,
  type TrayState,
} from './tray-menu.ts';

/** A burst of changes is shown once. */
const CALM_MS = 300;
/** While runs go on, their durations in the menu are brought up to date this often. */
const MINUTE_MS = 60_000;

export interface PresenceParts {
  activity: Pick<ActivityRepo, 'counts' | 'going'>;
  queues(): readonly Pick<Queue, 'pausedAt'>[];
  resources: string;
  choices: TrayChoices;
}

/** What the system shows of Slipway beside the window: the tray, and the count on the dock. */
export class Presence {
  readonly #parts: PresenceParts;
  #tray: Tray | null = null;
  /** Whether the tray was made where something shows it; null: not known yet. */
  #isShown: boolean | null = null;
  #failed = false;
  #isOver = false;
  #state: TrayState | null = null;
  #menu: Menu | null = null;
  readonly #timer = new Soonest(() => this.update());

  constructor(parts: PresenceParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    this.#isShown = await hasTrayHost();
    if (this.#isOver) return;
    this.#make();
    this.update();
  }

  /** For good: from now on nothing is asked of the core. */
  stop(): void {
    this.#isOver = true;
    this.#timer.callOff();
    this.#tray?.destroy();
    this.#tray = null;
  }

  /** Whether Slipway can be found again when its window is hidden, as things stand now. */
  async isShown(): Promise<boolean> {
    const hasHost = await hasTrayHost();
    // An icon that was made before its host was there is not taken over by it.
    if (hasHost && !this.#isShown) this.#make();
    this.#isShown = hasHost;
    return hasHost && this.#tray !== null;
  }

  /** Takes note of rows that changed, and of the runs among them that have just ended. */
  follow({ runs, queues, removed }: Changes, ended: readonly Run[]): void {
    if (runs.length + queues.length + removed.queues.length === 0) return;
    const last = ended.at(-1);
    if (last) this.#failed = last.state === 'failed' || last.state === 'crashed';
    this.#timer.in(CALM_MS);
  }

  /** Somebody looks at the window: a failure is known. */
  seen(): void {
    if (!this.#failed) return;
    this.#failed = false;
    this.update();
  }

  update(): void {
    this.#timer.callOff();
    if (this.#isOver) return;
    const { activity, choices } = this.#parts;
    const queues = this.#parts.queues();
    const now: Activity = {
      ...activity.counts(),
      queues: queues.length,
      paused: queues.filter(({ pausedAt }) => pausedAt !== null).length,
      runs: activity.going(LISTED_RUNS),
      failed: this.#failed,
    };
    this.#show(now);
    this.#menu = Menu.buildFromTemplate(trayMenu(now, choices, Date.now()));
    this.#tray?.setContextMenu(this.#menu);
    showBadge(now.going);
    if (now.going > 0) this.#timer.in(MINUTE_MS);
  }

  #show(activity: Activity): void {
    this.#tray?.setToolTip(tooltip(activity));
    const state = trayState(activity);
    if (state !== this.#state) this.#tray?.setImage(trayIcon(this.#parts.resources, state));
    this.#state = state;
  }

  /** Makes the icon; without one everything else works. */
  #make(): void {
    const { resources, choices } = this.#parts;
    this.#tray?.destroy();
    this.#tray = null;
    try {
      this.#tray = new Tray(trayIcon(resources, this.#state ?? 'idle'));
      this.#tray.on('click', choices.show);
      if (this.#menu) this.#tray.setContextMenu(this.#menu);
    } catch (error) {
      process.stderr.write(`slipway: there is no tray icon: ${String(error)}\n`);
    }
  }
}

/** A number on the icon of the app, where the system has such a thing. */
function showBadge(count: number): void {
  if (process.platform === 'darwin' || process.platform === 'linux') app.setBadgeCount(count);
}
