import { createContext, useContext, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { nextFolderOr, useUi } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';

/** The place in the toolbar for the buttons of the open tab; null until it is drawn. */
export const ToolbarSlot = createContext<HTMLElement | null>(null);

/** Puts the buttons of a tab into the toolbar, which belongs to the page. */
export function ToolbarActions({ children }: { children: ReactNode }) {
  const slot = useContext(ToolbarSlot);
  return slot && createPortal(children, slot);
}

interface Props {
  /** Nothing to make a job from yet. */
  disabled: boolean;
  creating: boolean;
  onCreate: (thenLaunch: boolean) => void;
}

/** Leave, create, create and launch. */
export function CreateActions({ disabled, creating, onCreate }: Props) {
  const waiting = useUi((ui) => ui.waiting.length);
  const toJob = useUi(({ history: { at } }) => at.page === 'new-job' && at.jobId !== undefined);
  const off = disabled || creating;
  return (
    <ToolbarActions>
      <Button look="quiet" onClick={() => nextFolderOr({ page: 'jobs' })} disabled={creating}>
        {waiting > 0 ? 'Skip' : 'Cancel'}
      </Button>
      <Button disabled={off} onClick={() => onCreate(false)}>
        {toJob ? 'Create version' : 'Create job'}
      </Button>
      <Button look="primary" disabled={off} onClick={() => onCreate(true)}>
        Create and launch
      </Button>
    </ToolbarActions>
  );
}
