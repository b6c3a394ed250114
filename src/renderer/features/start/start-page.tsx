import { Toolbar } from '../frame/toolbar.tsx';

/** What a newcomer sees first. */
export default function StartPage() {
  return <Toolbar title="Welcome" />;
}
