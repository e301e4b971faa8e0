import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Browsers stop growing an element at about 33.5 million pixels; a million rows come close. Well below that. */
const TALLEST = 8_000_000;

export interface ScaledScroll {
  /** Offset in the full list, pixels. */
  readonly offset: number;
  /** Height of what is seen, pixels. */
  readonly viewport: number;
  /** Height of the spacer inside the scroller. */
  readonly spacer: number;
  readonly scrollTo: (offset: number) => void;
}

/**
 * Scrolls lists of any length. The spacer is clamped; the real offset is kept here, wheel and keys move it pixel by
 * pixel, and the scroll bar maps to it by ratio.
 */
export function useScaledScroll(scroller: RefObject<HTMLElement | null>, height: number, header: number) {
  const [offset, setOffset] = useState(0);
  const [viewport, setViewport] = useState(0);
  const written = useRef<number | null>(null);
  const spacer = Math.min(height, TALLEST);
  const furthest = Math.max(0, height - viewport);
  const ratio = spacer < height ? furthest / Math.max(1, spacer - viewport) : 1;
  const state = useRef({ offset, furthest, ratio });
  state.current = { offset, furthest, ratio };

  const scrollTo = useCallback(
    (wanted: number) => {
      const element = scroller.current;
      if (element === null) return;
      const next = Math.max(0, Math.min(wanted, state.current.furthest));
      state.current.offset = next;
      setOffset(next);
      element.scrollTop = next / state.current.ratio;
      written.current = element.scrollTop;
    },
    [scroller],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = (): void => setViewport(Math.max(0, element.clientHeight - header));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, header]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onScroll = (): void => {
      // Our own writes come back as events; only a drag of the bar or a native scroll moves the list.
      if (written.current !== null && Math.abs(element.scrollTop - written.current) < 1) return;
      written.current = null;
      const next = Math.min(element.scrollTop * state.current.ratio, state.current.furthest);
      state.current.offset = next;
      setOffset(next);
    };
    const onWheel = (event: WheelEvent): void => {
      if (state.current.ratio === 1 || event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      const pixels = event.deltaMode === 1 ? event.deltaY * 32 : event.deltaY;
      scrollTo(state.current.offset + pixels);
      element.scrollLeft += event.deltaX;
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [scroller, scrollTo]);

  useEffect(() => {
    if (offset > furthest) scrollTo(furthest);
  }, [offset, furthest, scrollTo]);

  return { offset, viewport, spacer, scrollTo } satisfies ScaledScroll;
}
