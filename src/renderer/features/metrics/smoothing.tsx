import styles from './metrics.module.css';

const MOST = 0.99;

/** How much the noise of the lines is taken out. */
export function Smoothing({
  value,
  onChange,
}: {
  value: number;
  onChange: (value: number) => void;
}) {
  return (
    <label className={styles.smoothing}>
      <span>Smoothing</span>
      <input
        type="range"
        min={0}
        max={MOST}
        step={0.01}
        value={value}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
      <span className="mono">{value.toFixed(2)}</span>
    </label>
  );
}
