import { ChevronDown } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';

const NewJobList = lazy(() => import('./new-job-list.tsx'));

/** The other ways to make a job, beside the button for the usual one. */
export function NewJobMenu() {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <span ref={anchor}>
      <Button
        look="primary"
        icon={<ChevronDown />}
        aria-label="More ways to make a job"
        title="More ways to make a job"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      />
      {open && (
        <Suspense>
          <NewJobList anchor={anchor} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </span>
  );
}
