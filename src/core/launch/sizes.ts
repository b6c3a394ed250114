const GIB = 2 ** 30;
const MIB = 2 ** 20;

/** `4 GiB`, `1.5 GiB`, `512 MiB`, `6,000 bytes`. */
export function sizeText(bytes: number): string {
  const rounded = (unit: number): number => Number((bytes / unit).toFixed(2));
  if (bytes >= GIB) return `${rounded(GIB)} GiB`;
  return bytes >= MIB ? `${rounded(MIB)} MiB` : `${bytes.toLocaleString('en-US')} bytes`;
}

/** `90 s`, `5 min`, `2 h 30 min`. */
export function durationText(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
