import type { OpenTarget } from '../../../shared/contract/events.ts';
import { askInBox } from '../message-box.ts';
import type { Notice } from './end-notices.ts';
import { notify } from './notifier.ts';

/** Shows notices as notifications of the system. */
export class Notices {
  readonly #open: (target: OpenTarget | null) => void;
  #missing = false;

  constructor(open: (target: OpenTarget | null) => void) {
    this.#open = open;
  }

  /** False where there are no notifications, which is written down once. */
  async show(notice: Notice): Promise<boolean> {
    const isShown = await notify(notice, () => this.#open(notice.target)).catch(() => false);
    if (!isShown && !this.#missing) {
      this.#missing = true;
      process.stderr.write('slipway: this system shows no notifications\n');
    }
    return isShown;
  }

  /** Says something that must not be missed: in a box where there are no notifications. */
  async tell(notice: Notice): Promise<void> {
    if (await this.show(notice)) return;
    const box = { message: notice.title, detail: notice.body, title: 'Slipway', buttons: ['OK'] };
    await askInBox(null, box, new AbortController().signal);
  }
}
