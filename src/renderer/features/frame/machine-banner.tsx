import { TriangleAlert } from 'lucide-react';
import { COMMANDS } from '../../commands/registry.ts';
import { useEntities } from '../../stores/entities.ts';
import { Button } from '../../ui/button.tsx';
import styles from './engine-banner.module.css';

/** What is wrong with the machine, for as long as it is: a full disk, a locked or damaged database. */
export function MachineBanner() {
  const troubles = useEntities((all) => all.troubles);
  return troubles.map(({ code, text, next }) => (
    <div key={code} role="status" aria-label="This machine" className={styles.banner}>
      <TriangleAlert size={16} aria-hidden="true" className={styles.icon} />
      <p className={`selectable ${styles.text}`}>
        <strong>{text}</strong> {next}
      </p>
      {code === 'E_DISK_FULL' && (
        <Button look="quiet" onClick={() => COMMANDS.goRoom.run()}>
          Free room
        </Button>
      )}
      <Button look="quiet" onClick={() => COMMANDS.goEngine.run()}>
        Checks
      </Button>
    </div>
  ));
}
