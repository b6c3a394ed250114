/** What one process and those it waited for have used. */
export interface ProcessUse {
  group: number;
  session: number;
  /** Clock ticks of processor time. */
  ticks: number;
  /** Resident. */
  memoryBytes: number;
  /** Null when the system does not tell. */
  diskRead: number | null;
  diskWritten: number | null;
}

const KIB = 1024;

/**
 * From `/proc/PID/stat`, `status` and `io` (proc(5)). Fields of `stat` are counted behind the name,
 * which may hold anything: state is 0, group 2, session 3, times 11 to 14. Null when it has ended.
 */
export function parseUse(stat: string, status: string, io: string): ProcessUse | null {
  const end = stat.lastIndexOf(') ');
  const fields = stat.slice(end + 2).split(' ');
  if (end < 0 || fields.length < 15 || /^[ZX]/.test(fields[0] ?? '')) return null;
  const ticks = fields.slice(11, 15).reduce((total, field) => total + Number(field), 0);
  return {
    group: Number(fields[2]),
    session: Number(fields[3]),
    ticks,
    memoryBytes: (numberAfter(status, 'VmRSS') ?? 0) * KIB,
    diskRead: numberAfter(io, 'read_bytes'),
    diskWritten: numberAfter(io, 'write_bytes'),
  };
}

function numberAfter(text: string, name: string): number | null {
  const digits = new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}
