import { Toolbar } from '../frame/toolbar.tsx';
import { Start } from './start.tsx';

/** What a newcomer sees first, as a page of its own. */
export default function StartPage() {
  return (
    <>
      <Toolbar title="Welcome" />
      <Start />
    </>
  );
}
