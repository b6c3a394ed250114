import { useEffect, type RefObject } from 'react';

/** Keeps the wheel at the speed of the text when the log is too tall for one element. */
export function useScaledWheel(scroller: RefObject<HTMLElement | null>, scale: number): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element || scale === 1) return;
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.shiftKey || event.deltaMode !== WheelEvent.DOM_DELTA_PIXEL) return;
      event.preventDefault();
      element.scrollTop += event.deltaY / scale;
      element.scrollLeft += event.deltaX;
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [scroller, scale]);
}
