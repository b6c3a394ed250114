import {
  createContext,
  useContext,
  useEffect,
  useState,
  type Dispatch,
  type ReactNode,
  type SetStateAction,
} from 'react';

const Kept = createContext<Map<string, unknown> | null>(null);

/** Keeps what is typed in tabs of a page while another of them is open. */
export function KeepTyped({ children }: { children: ReactNode }) {
  const [kept] = useState(() => new Map<string, unknown>());
  return <Kept value={kept}>{children}</Kept>;
}

/** State of a part that is taken away and drawn again, by a name of its own on the page. */
export function useKept<T>(name: string, first: T): [T, Dispatch<SetStateAction<T>>] {
  const kept = useContext(Kept);
  const [value, setValue] = useState<T>(() => (kept?.has(name) ? (kept.get(name) as T) : first));
  useEffect(() => void kept?.set(name, value), [kept, name, value]);
  return [value, setValue];
}
