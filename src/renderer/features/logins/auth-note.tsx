import type { ErrorData } from '../../../shared/errors.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { CredentialsForm } from './credentials-form.tsx';

interface Props {
  kind: 'git' | 'registry';
  /** The host that asked; empty when the address does not tell. */
  host: string;
  error: ErrorData;
  /** A login was stored: try again. */
  onSaved: () => void;
}

/** A host that wants to know who asks: its own words, and where to log in. */
export function AuthNote({ kind, host, error, onSaved }: Props) {
  return (
    <div>
      <ErrorNote error={error} detailOpen />
      <CredentialsForm kind={kind} host={host} action="Save and try again" onSaved={onSaved} />
    </div>
  );
}
