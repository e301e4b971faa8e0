import { IconHistory } from '@tabler/icons-react';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatMs, useMoment } from '#renderer/components/format.ts';
import { OutcomeBadge } from '#renderer/components/outcome-badge.tsx';
import { didAsItShould, scenarioTitle } from '#renderer/features/scripts/try/scenarios.ts';
import classes from '#renderer/features/scripts/try/try.module.css';
import { useProject } from '#renderer/project/project-context.tsx';
import { type Slot, type Try, useTries } from '#renderer/stores/tries.ts';

interface TryHistoryProps {
  readonly slot: Slot;
  readonly onShow: (one: Try) => void;
}

const NONE: readonly Try[] = [];

/** Tries of this slot, newest first; kept while the window is open, never written. */
export function TryHistory({ slot, onShow }: TryHistoryProps) {
  const moment = useMoment();
  const { folder } = useProject();
  const tries = useTries((store) => store.history[folder] ?? NONE).filter((one) => one.slot === slot);
  if (tries.length === 0) {
    return (
      <EmptyState icon={IconHistory} title="No history yet">
        The last 50 tries are kept while the window is open, without passwords.
      </EmptyState>
    );
  }
  return (
    <ol className={classes.history}>
      {tries.map((one) => {
        const last = one.attempts.at(-1);
        const sound = one.attempts.every((attempt) => didAsItShould(one.scenario, attempt));
        return (
          <li key={one.id}>
            <button type="button" className={classes.past} onClick={() => onShow(one)}>
              <span className={classes.pastHead}>
                <OutcomeBadge status={sound ? 'ok' : 'failed'} />
                <b>{scenarioTitle(one.scenario)}</b>
                <span className={classes.pastWho}>{one.identifier}</span>
              </span>
              <span className={classes.pastFoot}>
                <span>{last?.error?.name ?? last?.ending}</span>
                <span>
                  {formatMs(last?.ms.total ?? 0)} · {moment(new Date(one.at).toISOString()).slice(11)}
                </span>
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
