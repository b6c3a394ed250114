import type { Route } from '../../stores/route.ts';
import { Toolbar } from '../frame/toolbar.tsx';

/** Runs side by side. */
export default function ComparePage({ route }: { route: Extract<Route, { page: 'compare' }> }) {
  return <Toolbar title={`Compare ${route.runIds.length} runs`} />;
}
