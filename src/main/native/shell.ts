import { app, powerMonitor } from 'electron';
import type { ListedCommand } from '../../shared/contract/commands/shell.ts';
import type { LinkTarget } from '../../shared/links.ts';
import type { Core } from '../../core/create-core.ts';
import type { AppWindow } from '../app-window.ts';
import { reportFault } from '../report-fault.ts';
import { closeOnQuit } from '../shutdown.ts';
import { AppMenu } from './menus/app-menu.ts';
import { CloseToTray } from './tray/close-to-tray.ts';
import { EndWatch } from './notices/end-watch.ts';
import { exampleFolder } from './example-folder.ts';
import { LEADS_NOWHERE, leadsSomewhere } from './links.ts';
import { askInBox } from './message-box.ts';
import { Notices } from './notices/notices.ts';
import { Presence } from './tray/presence.ts';
import { QueueWatch } from './notices/queue-watch.ts';
import { Quit, type QuitParts } from './quit/quit.ts';
import { stopAll } from './quit/stop-all.ts';
import { stopRun } from './quit/stop-run.ts';

export interface ShellParts {
  core: Core;
  window: AppWindow;
  /** The folder `resources`. */
  resources: string;
  /** The folder `examples`. */
  examples: string;
}

/** Everything around the window: menus, tray, notifications, links, and the end of the app. */
export class Shell {
  readonly window: AppWindow;
  readonly #parts: ShellParts;
  readonly #menu: AppMenu;
  readonly #presence: Presence;
  readonly #notices: Notices;
  readonly #ends: EndWatch;
  readonly #queues: QueueWatch;
  #tellsOfLink = false;

  constructor(parts: ShellParts) {
    const { core, window, resources } = parts;
    this.#parts = parts;
    this.window = window;
    this.#menu = new AppMenu({ run: (id) => window.run(id), quit: this.quit });
    this.#notices = new Notices((target) => (target ? window.open(target) : void window.show()));
    this.#presence = new Presence({
      activity: core.activity,
      queues: () => core.queues.list(),
      resources,
      choices: {
        openRun: (runId) => window.open({ page: 'run', runId, line: null }),
        stopRun: (runId) => stopRun(core.runs, runId, reportFault),
        show: () => void window.show(),
        newJob: () => window.run('newJob'),
        pauseQueues: (paused) => this.#pauseQueues(paused),
        quit: this.quit,
      },
    });
    this.#ends = new EndWatch({
      core,
      runInView: () => window.runInView,
      show: (notice) => void this.#notices.show(notice),
    });
    this.#queues = new QueueWatch({
      queue: (id) => core.repos.queues.get(id),
      notify: () => core.settings.get().notify,
      queueInView: () => window.queueInView,
      show: (notice) => void this.#notices.show(notice),
    });
    this.#decideAboutTheEnd();
    this.#menu.show([]);
  }

  readonly quit = (): void => app.quit();

  /** To be called once the first screen is there, right before runs are followed. */
  start(): void {
    const { feed } = this.#parts.core;
    feed.on((changes) => {
      const ended = this.#ends.follow(changes);
      this.#queues.follow(ended);
      this.#presence.follow(changes, ended);
    });
    app.on('browser-window-focus', () => this.#presence.seen());
    void this.#presence.start();
  }

  /** Runs are followed from now on. */
  caughtUp(): void {
    this.#ends.caughtUp();
    this.#queues.start();
  }

  /** The window's commands, as menus. */
  publish(commands: readonly ListedCommand[]): void {
    this.#menu.show(commands);
  }

  exampleFolder(): Promise<string> {
    return exampleFolder(this.#parts.examples, this.#parts.core.dataDir);
  }

  /** Shows what a link leads to, or says that it leads nowhere. */
  openLink(target: LinkTarget): void {
    const { core, window } = this.#parts;
    if (leadsSomewhere(core.repos, target)) return window.open(target);
    window.show();
    if (this.#tellsOfLink) return;
    this.#tellsOfLink = true;
    const box = { ...LEADS_NOWHERE, message: `There is no such ${target.page} here.` };
    void askInBox(window.current, box, new AbortController().signal).finally(() => {
      this.#tellsOfLink = false;
    });
  }

  #pauseQueues(paused: boolean): void {
    try {
      this.#parts.core.queues.pause(null, paused);
    } catch (error) {
      reportFault(error);
    }
  }

  #decideAboutTheEnd(): void {
    const { core, window } = this.#parts;
    const quit = this.#quitDecision();
    const mayQuit = async () => {
      const isDecided = await quit.mayQuit();
      if (isDecided) this.#stopTelling();
      return isDecided;
    };
    const staysOpen = closeOnQuit(core, { mayQuit, beQuiet: () => quit.beQuiet() });
    const toTray = new CloseToTray({
      isWanted: () => core.settings.get().closeToTray,
      presence: this.#presence,
      window,
      notices: this.#notices,
    });
    window.mayClose = () => {
      if (!staysOpen()) return true;
      void toTray.hide().then((isHidden) => isHidden || this.quit());
      return false;
    };
    window.onSessionEnd = () => quit.beQuiet();
    if (process.platform === 'darwin') powerMonitor.on('shutdown', () => quit.beQuiet());
  }

  #stopTelling(): void {
    this.#ends.stop();
    this.#queues.stop();
    this.#presence.stop();
  }

  #quitDecision(): Quit {
    const { core, window } = this.#parts;
    const ask: QuitParts['ask'] = (box, signal) => askInBox(window.current, box, signal);
    const showProgress = (share: number | null) => window.current?.setProgressBar(share ?? -1);
    return new Quit({
      unfinished: () => ({
        going: core.activity.goingIn(core.executorId),
        waiting: core.activity.counts().waiting,
      }),
      settings: () => core.settings.get(),
      remember: (quitWithRuns) => core.settings.save({ ...core.settings.get(), quitWithRuns }),
      ask,
      stopAll: (ids, signal) =>
        stopAll({ core, ask, showProgress, report: reportFault }, ids, signal),
    });
  }
}
