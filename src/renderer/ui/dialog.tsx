import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { cx } from '../lib/cx.ts';
import { IconButton } from './button.tsx';
import styles from './dialog.module.css';

interface Props {
  title: string;
  /** A sheet takes nearly all of the window, and lays out its own body. */
  look?: 'form' | 'wide' | 'sheet';
  /** Beside the title. */
  controls?: ReactNode;
  onClose: () => void;
  children: ReactNode;
  footer: ReactNode;
}

/** A form over the window. Esc and a click outside close it. */
export function Dialog({ title, look = 'form', controls, onClose, children, footer }: Props) {
  const isSheet = look === 'sheet';
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className={cx(styles.overlay, isSheet && styles.overSheet)}
    >
      <Modal className={cx(styles.modal, look !== 'form' && styles[look])}>
        <AriaDialog className={styles.dialog ?? ''}>
          <header className={styles.header}>
            <Heading slot="title" className={styles.title ?? ''}>
              {title}
            </Heading>
            {controls}
            <IconButton label="Close" icon={<X />} onClick={onClose} />
          </header>
          <div className={isSheet ? styles.sheetBody : styles.body}>{children}</div>
          <footer className={styles.footer}>{footer}</footer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
