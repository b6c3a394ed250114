import { useEffect, useRef } from 'react';
import { drawPlot, type Drawn } from './draw-plot.ts';
import styles from './metrics.module.css';

/** The line of a chart. A canvas: a path of this many points would be slow to change as it grows. */
export function PlotCanvas({ series, values, plot, width }: Drawn) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const draw = () => canvas.current && drawPlot(canvas.current, { series, values, plot, width });
    draw();
    // Colours are read when it is drawn.
    const theme = matchMedia('(prefers-color-scheme: dark)');
    theme.addEventListener('change', draw);
    return () => theme.removeEventListener('change', draw);
  }, [series, values, plot, width]);
  return <canvas ref={canvas} aria-hidden="true" className={styles.canvas} />;
}
