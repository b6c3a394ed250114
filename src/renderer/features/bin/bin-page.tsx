import { Toolbar } from '../frame/toolbar.tsx';

/** What was put into the bin. */
export default function BinPage() {
  return <Toolbar title="Bin" />;
}
