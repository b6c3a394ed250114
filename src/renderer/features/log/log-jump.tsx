import { useState, type RefObject } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import { Button } from '../../ui/button.tsx';
import menu from '../../ui/menu.module.css';
import field from '../../ui/field.module.css';
import { clockTime, readTime } from './log-times.ts';
import styles from './log.module.css';

interface Props {
  anchor: RefObject<HTMLElement | null>;
  /** When the first line was printed, ms since 1970. */
  start: number;
  onJump: (at: number) => void;
  onClose: () => void;
}

/** Asks for a time of the log. */
export function LogJump({ anchor, start, onJump, onClose }: Props) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    const at = readTime(text, start);
    if (at === null) return setWrong(true);
    onClose();
    onJump(at);
  };
  return (
    <Popover
      triggerRef={anchor}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom end"
      offset={4}
      className={menu.popover ?? ''}
    >
      <Dialog aria-label="Go to a time">
        <form className={styles.jump} onSubmit={submit}>
          <label htmlFor="log-time">Go to a time</label>
          <div className={styles.jumpRow}>
            <input
              id="log-time"
              className={field.input}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the only thing in what was just opened
              autoFocus
              placeholder={`${clockTime(start)} or +5m`}
              aria-invalid={wrong}
              aria-describedby="log-time-help"
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setWrong(false);
              }}
            />
            <Button type="submit" look="primary">
              Go
            </Button>
          </div>
          <p
            id="log-time-help"
            role={wrong ? 'alert' : undefined}
            className={wrong ? styles.wrong : styles.help}
          >
            A time of day such as {clockTime(start)}, or since the start such as +5m or 1h30m.
          </p>
        </form>
      </Dialog>
    </Popover>
  );
}
