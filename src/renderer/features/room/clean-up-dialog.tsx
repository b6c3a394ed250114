import { useState } from 'react';
import type { RoomKind, RoomReport } from '../../../shared/domain/room.ts';
import { ROOM_GOES, ROOM_STAYS } from '../../../shared/room-words.ts';
import { fileSize } from '../../../shared/units.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './room.module.css';

interface Props {
  report: RoomReport;
  onClose: () => void;
  onFree: (kinds: RoomKind[]) => void;
}

/** What goes, kind by kind, and what stays, before anything does. */
export function CleanUpDialog({ report, onClose, onFree }: Props) {
  const free = report.kinds.filter(({ freeable }) => freeable > 0);
  const [kinds, setKinds] = useState<ReadonlySet<RoomKind>>(new Set(free.map(({ kind }) => kind)));
  const chosen = free.filter(({ kind }) => kinds.has(kind));
  const bytes = chosen.reduce((sum, { freeable }) => sum + freeable, 0);
  const choose = (kind: RoomKind, on: boolean): void =>
    setKinds((have) => new Set(on ? [...have, kind] : [...have].filter((each) => each !== kind)));
  return (
    <Dialog
      title="Free room on the disk"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={chosen.length === 0}
            onClick={() => onFree(chosen.map(({ kind }) => kind))}
          >
            Free {fileSize(bytes)}
          </Button>
        </>
      }
    >
      <h3 className={styles.question}>What goes</h3>
      {free.map(({ kind, freeable }) => (
        <Switch key={kind} on={kinds.has(kind)} onChange={(on) => choose(kind, on)}>
          {fileSize(freeable)}: {ROOM_GOES[kind]}
        </Switch>
      ))}
      <h3 className={styles.question}>What stays</h3>
      <p className="meta">{ROOM_STAYS}</p>
    </Dialog>
  );
}
