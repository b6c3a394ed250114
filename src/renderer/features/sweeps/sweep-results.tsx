import { useMemo, useState } from 'react';
import type { Sweep } from '../../../shared/domain/sweep.ts';
import { chooseColumns, useColumns } from '../../stores/columns.ts';
import { Pick } from '../../ui/pick.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ColumnMenu } from '../runs/column-menu.tsx';
import { numberNames } from '../runs/flat-values.ts';
import { bestValue, likelyGoal, type Cell, type Goal } from './cells.ts';
import { CellsTable } from './cells-table.tsx';
import { MetricPlot } from './metric-plot.tsx';
import { inputsOf } from './sweep-words.ts';
import styles from './sweep.module.css';

const GOALS: readonly { id: Goal; title: string }[] = [
  { id: 'lowest', title: 'Lowest is best' },
  { id: 'highest', title: 'Highest' },
];
/** Metrics that are columns until others are chosen. */
const FIRST = 3;

/** The metrics there are, and those that are columns: the chosen ones, else the first few. */
function useMetricColumns(table: string, cells: readonly Cell[]) {
  const chosen = useColumns((all) => all[table]);
  return useMemo(() => {
    const all = numberNames(cells.map(({ results }) => results));
    return { all, shown: chosen?.filter((name) => all.includes(name)) ?? all.slice(0, FIRST) };
  }, [chosen, cells]);
}

interface BarProps {
  metrics: readonly string[];
  inputs: readonly string[];
  metric: string;
  input: string;
  goal: Goal;
  onMetric: (metric: string) => void;
  onInput: (input: string) => void;
  onGoal: (goal: Goal) => void;
}

const optionsOf = (names: readonly string[]) => names.map((name) => ({ id: name, title: name }));

function Bar({ metrics, inputs, metric, input, goal, onMetric, onInput, onGoal }: BarProps) {
  return (
    <>
      <Pick
        aria-label="Metric"
        value={metric}
        options={optionsOf(metrics)}
        className={styles.pick}
        onChange={onMetric}
      />
      <span className="meta">over</span>
      <Pick
        aria-label="Input"
        value={input}
        options={optionsOf(inputs)}
        className={styles.pick}
        onChange={onInput}
      />
      <Segmented label="Best value" value={goal} options={GOALS} onChange={onGoal} />
    </>
  );
}

/** What the cells came to: one metric over one input, and the table of all. */
export function SweepResults({ sweep, cells }: { sweep: Sweep; cells: readonly Cell[] }) {
  const table = `sweep ${sweep.jobId}`;
  const inputs = useMemo(() => inputsOf(sweep.plan), [sweep.plan]);
  const { all, shown } = useMetricColumns(table, cells);
  const [picked, setPicked] = useState<string | null>(null);
  const [input, setInput] = useState(inputs[0] ?? '');
  const [goals, setGoals] = useState<Readonly<Record<string, Goal>>>({});
  const metric = (picked !== null && all.includes(picked) ? picked : (shown[0] ?? all[0])) ?? null;
  const goal = metric === null ? 'lowest' : (goals[metric] ?? likelyGoal(metric));
  const best = metric === null ? null : bestValue(cells, metric, goal);
  return (
    <>
      {metric !== null && (
        <>
          <div className={styles.bar}>
            <Bar
              metrics={all}
              inputs={inputs}
              metric={metric}
              input={input}
              goal={goal}
              onMetric={setPicked}
              onInput={setInput}
              onGoal={(next) => setGoals((have) => ({ ...have, [metric]: next }))}
            />
            <span className={styles.fill} />
            <ColumnMenu
              groups={[{ title: 'Results', columns: all.map((name) => ({ id: name, name })) }]}
              shown={shown}
              onChange={(names) => chooseColumns(table, names)}
            />
          </div>
          <MetricPlot cells={cells} input={input} metric={metric} best={best} />
        </>
      )}
      <CellsTable cells={cells} inputs={inputs} metrics={shown} metric={metric} best={best} />
    </>
  );
}
