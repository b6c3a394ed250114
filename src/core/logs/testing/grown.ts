import type { LinesView, ViewHead } from '../views/lines-view.ts';

/** The head of a view that has taken in all that is stored. */
export async function grown(view: LinesView): Promise<ViewHead> {
  for (;;) {
    const head = await view.grow();
    if (!head.more) return head;
  }
}
