import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import classes from '#renderer/components/split.module.css';

interface Splits {
  readonly shares: Readonly<Record<string, number>>;
  readonly set: (id: string, share: number) => void;
}

const useSplits = create<Splits>()(
  persist(
    (set) => ({
      shares: {},
      set: (id, share) => set((now) => ({ shares: { ...now.shares, [id]: share } })),
    }),
    { name: 'userferry.splits', version: 1 },
  ),
);

interface SplitProps {
  /** Remembers where the divider stands. */
  readonly id: string;
  /** What the divider moves, for people who hear it: "Width of the editor". */
  readonly label: string;
  readonly first: ReactNode;
  readonly second: ReactNode;
  /** Share of the first part where nobody moved the divider, 0 to 1. */
  readonly share?: number;
}

/** Two parts side by side with a divider that mouse and arrow keys move. */
export function Split({ id, label, first, second, share = 0.55 }: SplitProps) {
  const own = useSplits((splits) => splits.shares[id]);
  const set = useSplits((splits) => splits.set);
  const frame = useRef<HTMLDivElement>(null);
  const now = own ?? share;
  const put = (wanted: number): void => set(id, Math.max(0.2, Math.min(0.8, wanted)));
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || frame.current === null) return;
    const box = frame.current.getBoundingClientRect();
    put((event.clientX - box.left) / box.width);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -0.02, ArrowRight: 0.02 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    put(now + step);
  };
  return (
    <div ref={frame} className={classes.split}>
      <div className={classes.part} style={{ flexBasis: `${now * 100}%` }}>
        {first}
      </div>
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={Math.round(now * 100)}
        aria-valuemin={20}
        aria-valuemax={80}
        className={classes.divider}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      />
      <div className={classes.part} style={{ flexBasis: `${(1 - now) * 100}%` }}>
        {second}
      </div>
    </div>
  );
}
