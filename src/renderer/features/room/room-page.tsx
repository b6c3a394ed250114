import { Toolbar } from '../frame/toolbar.tsx';

/** What takes room on the disk, and what a clean-up would free. */
export default function RoomPage() {
  return <Toolbar title="Room" />;
}
