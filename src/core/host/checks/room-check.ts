import { fileSize } from '../../../shared/units.ts';
import type { RoomRepo } from '../../db/room-repo.ts';
import { fine, wrong, type Check } from './check.ts';

/** Is the budget kept, as far as it was when it was last looked at? */
export const roomCheck = (repo: Pick<RoomRepo, 'last'>, budget: () => number): Check => ({
  id: 'room',
  title: 'Room on the disk',
  look: () => {
    const last = repo.last();
    if (last === null) return fine('not measured yet');
    const text = `${fileSize(last.total)} taken`;
    const most = budget();
    if (most === 0 || last.total <= most) return fine(text);
    const over = `${text}, over the budget of ${fileSize(most)}`;
    if (last.total - last.freeable <= most) return wrong('warning', over, 'Free some: slipway gc');
    const fix = 'Delete jobs or runs that are not needed any more, or raise the budget.';
    return wrong('warning', `${over} even without all that can be freed`, fix);
  },
});
