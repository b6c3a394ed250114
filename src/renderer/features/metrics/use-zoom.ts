import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';
import type { Domain } from './scale.ts';

/** A wheel's notch makes the view this much smaller or larger. */
const WHEEL = 1.2;
/** A narrower drag is a click with a shaking hand, in px. */
const LEAST_DRAG = 6;

/** `view` made smaller (`by` below 1) or larger around a step, within the whole; null for all of it. */
export function zoomed(whole: Domain, view: Domain, at: number, by: number): Domain | null {
  const from = Math.max(whole.from, at - (at - view.from) * by);
  const to = Math.min(whole.to, at + (view.to - at) * by);
  if (from <= whole.from && to >= whole.to) return null;
  // Doubles have no more room between them.
  return to - from > Math.abs(to) * 1e-9 ? { from, to } : view;
}

interface Zoom {
  /** The selection while it is dragged, in px. */
  drag: { from: number; to: number } | null;
  onPointerDown: (event: PointerEvent<SVGSVGElement>) => void;
  onPointerMove: (event: PointerEvent<SVGSVGElement>) => void;
  onPointerUp: (event: PointerEvent<SVGSVGElement>) => void;
}

interface Axis {
  whole: Domain;
  view: Domain;
  /** The step at an offset from the left of the drawing, in px. */
  stepAt: (offset: number) => number;
  onView: (view: Domain | null) => void;
}

const offsetOf = (event: { clientX: number; currentTarget: Element }): number =>
  event.clientX - event.currentTarget.getBoundingClientRect().left;

/** Dragging selects what is shown; the wheel with Ctrl (or a pinch) makes it smaller or larger. */
export function useZoom(element: RefObject<SVGSVGElement | null>, axis: Axis): Zoom {
  const [drag, setDrag] = useState<Zoom['drag']>(null);
  const now = useRef(axis);
  useEffect(() => void (now.current = axis));
  useEffect(() => {
    const svg = element.current;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { whole, view, stepAt, onView } = now.current;
      const at = stepAt(event.clientX - svg!.getBoundingClientRect().left);
      onView(zoomed(whole, view, at, event.deltaY > 0 ? WHEEL : 1 / WHEEL));
    };
    // React's own listener is passive: the page would zoom as well.
    svg?.addEventListener('wheel', onWheel, { passive: false });
    return () => svg?.removeEventListener('wheel', onWheel);
  }, [element]);
  return {
    drag,
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture?.(event.pointerId);
      setDrag({ from: offsetOf(event), to: offsetOf(event) });
    },
    onPointerMove: (event) => {
      const to = offsetOf(event);
      setDrag((from) => from && { ...from, to });
    },
    onPointerUp: (event) => {
      const to = offsetOf(event);
      setDrag(null);
      if (!drag || Math.abs(to - drag.from) < LEAST_DRAG) return;
      const [from, end] = [axis.stepAt(drag.from), axis.stepAt(to)].toSorted((a, b) => a - b);
      axis.onView({ from: from!, to: end! });
    },
  };
}
