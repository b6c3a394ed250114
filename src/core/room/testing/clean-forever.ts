import { ROOM_KINDS } from '../../../shared/domain/room.ts';
import { openRoomCore } from './open-room-core.ts';

/** A process that cleans up again and again, until it is killed. */
const core = openRoomCore(process.argv[2]!);
const signal = new AbortController().signal;
process.stdout.write('ready\n');
for (;;) await core.room.cleanUp(ROOM_KINDS, { signal });
