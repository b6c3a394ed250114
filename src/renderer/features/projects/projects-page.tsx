import { Toolbar } from '../frame/toolbar.tsx';

/** Every project of this data folder. */
export default function ProjectsPage() {
  return <Toolbar title="Projects" />;
}
