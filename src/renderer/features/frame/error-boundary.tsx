import { Component, type ReactNode } from 'react';
import { toErrorData } from '../../../shared/errors.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import page from './page.module.css';

/** Keeps a page that breaks from taking the window with it. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: ErrorData | null }> {
  override state: { error: ErrorData | null } = { error: null };

  static getDerivedStateFromError(thrown: unknown): { error: ErrorData } {
    return { error: toErrorData(thrown) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <div className={page.note}>
        <ErrorNote
          error={error}
          action={
            <Button onClick={() => this.setState({ error: null })}>Show the page again</Button>
          }
        />
      </div>
    );
  }
}
