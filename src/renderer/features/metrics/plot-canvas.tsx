import { useEffect, useRef } from 'react';
import { drawPlot, type Drawn } from './draw-plot.ts';
import styles from './metrics.module.css';

/** The lines of a chart. A canvas: a path of this many points would be slow to change as it grows. */
export function PlotCanvas({ lines, plot }: Drawn) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const draw = () => canvas.current && drawPlot(canvas.current, { lines, plot });
    draw();
    // Colours are read when it is drawn.
    const theme = matchMedia('(prefers-color-scheme: dark)');
    theme.addEventListener('change', draw);
    return () => theme.removeEventListener('change', draw);
  }, [lines, plot]);
  return <canvas ref={canvas} aria-hidden="true" className={styles.canvas} />;
}
