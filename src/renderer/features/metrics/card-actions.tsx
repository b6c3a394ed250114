import { Maximize2, Pin } from 'lucide-react';
import { cx } from '../../lib/cx.ts';
import { IconButton } from '../../ui/button.tsx';
import type { Card } from './cards.ts';
import { wordsOf } from './groups.ts';
import { togglePin, usePins } from './pins.ts';
import styles from './metrics.module.css';

interface Props {
  card: Card;
  onLarge: () => void;
}

/** What can be done to a card: seen when it is pointed at or has the focus. */
export function CardActions({ card, onLarge }: Props) {
  const { title } = wordsOf(card.name);
  const pinned = usePins().has(card.name);
  return (
    <span className={styles.cardActions}>
      <IconButton
        label={pinned ? `Unpin ${title}` : `Pin ${title} to the top`}
        aria-pressed={pinned}
        icon={<Pin />}
        className={cx(styles.cardAction, pinned && styles.pinned)}
        onClick={() => togglePin(card.name)}
      />
      <IconButton
        label={`Show ${title} large`}
        icon={<Maximize2 />}
        {...(styles.cardAction && { className: styles.cardAction })}
        onClick={onLarge}
      />
    </span>
  );
}
