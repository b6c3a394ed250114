import type { Run } from '../../../shared/domain/run.ts';
import { Empty } from '../../ui/empty.tsx';

export function OutputsTab({ run }: { run: Run }) {
  return <Empty title="No outputs">{run.name}</Empty>;
}
