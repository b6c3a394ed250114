import { useMemo } from 'react';
import { formatCount } from '../../lib/format.ts';
import { DataGrid } from '../../ui/data-grid.tsx';
import type { Column } from '../../ui/grid-model.ts';
import { secondsTick } from './axis.ts';
import type { Card } from './cards.ts';
import { wordsOf, type AxisKind } from './groups.ts';

interface Row {
  step: number;
  /** One for each line; nothing where it has no point there. */
  values: (number | undefined)[];
}

function rowsOf({ lines }: Card): Row[] {
  const rows = new Map<number, Row>();
  lines.forEach(({ series: { steps, values, length } }, at) => {
    for (let i = 0; i < length; i++) {
      const step = steps[i]!;
      const row = rows.get(step) ?? { step, values: lines.map(() => undefined) };
      row.values[at] = values[i]!;
      rows.set(step, row);
    }
  });
  return [...rows.values()].toSorted((a, b) => a.step - b.step);
}

function columnsOf({ name, lines }: Card, axisKind: AxisKind): Column<Row>[] {
  const { title, text } = wordsOf(name);
  const isTime = axisKind === 'time';
  return [
    {
      id: 'step',
      title: isTime ? 'Time' : 'Step',
      width: '120px',
      end: true,
      cell: ({ step }) => (isTime ? secondsTick(step) : formatCount(step)),
      sort: (a, b) => a.step - b.step,
    },
    ...lines.map(({ label }, at): Column<Row> => {
      const valueAt = ({ values }: Row): number => values[at] ?? Number.NaN;
      return {
        id: `line-${at}`,
        title: label || title,
        width: 'minmax(96px, 1fr)',
        end: true,
        cell: (row) => {
          const value = row.values[at];
          return <span className="mono">{value === undefined ? '' : text(value)}</span>;
        },
        sort: (a, b) => valueAt(a) - valueAt(b),
      };
    }),
  ];
}

const keyOf = ({ step }: Row): string => String(step);

/** The values of a card as a table: for reading them exactly, and for screen readers. */
export function ChartTable({ card, axisKind }: { card: Card; axisKind: AxisKind }) {
  const rows = useMemo(() => rowsOf(card), [card]);
  const columns = useMemo(() => columnsOf(card, axisKind), [card, axisKind]);
  return (
    <DataGrid
      label={`Values of ${wordsOf(card.name).title}`}
      rows={rows}
      rowKey={keyOf}
      columns={columns}
      onOpen={() => undefined}
    />
  );
}
