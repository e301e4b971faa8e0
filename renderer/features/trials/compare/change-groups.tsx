import { SegmentedControl, Text } from '@mantine/core';
import { IconArrowRight, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { formatCount } from '#renderer/components/format.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { capital } from '#contract/capital.ts';
import { ChangedUsers, type ChangeAsked } from '#renderer/features/trials/compare/changed-users.tsx';
import {
  type Comparison,
  type ChangeKind,
  inOrderOfWork,
  kindOfChange,
} from '#renderer/features/trials/compare/changes.ts';
import classes from '#renderer/features/trials/compare/compare.module.css';
import { useCatalog } from '#renderer/project/use-catalog.ts';

interface ChangeGroupsProps {
  readonly a: string;
  readonly b: string;
  readonly phase: 'lazy' | 'bulk';
  readonly comparison: Comparison;
}

interface Row {
  readonly id: string;
  readonly kind: ChangeKind | 'only';
  readonly words: string;
  readonly from: string;
  readonly to: string;
  readonly users: number;
  readonly change: ChangeAsked;
}

const WORDS = { fixed: 'fixed', broken: 'broken', other: 'other cause' } as const;

/** Users by what they changed from and to; each row opens into its users. */
export function ChangeGroups({ a, b, phase, comparison }: ChangeGroupsProps) {
  const catalog = useCatalog();
  const [shown, setShown] = useState<'all' | Row['kind']>('all');
  // What matters most is open until somebody closes it.
  const [picked, setOpen] = useState<string | null>();
  const nameOf = (code: string | null): string =>
    code === null ? 'ok' : capital(catalog.get(code)?.title ?? code);
  const rows: readonly Row[] = [
    ...inOrderOfWork(comparison.groups).map(({ from, to, users }) => {
      const kind = kindOfChange({ from, to });
      const id = `${from ?? ''}>${to ?? ''}`;
      return {
        id,
        kind,
        words: WORDS[kind],
        from: nameOf(from),
        to: nameOf(to),
        users,
        change: { from, to },
      };
    }),
    ...(['a', 'b'] as const).map((onlyIn) => ({
      id: `only ${onlyIn}`,
      kind: 'only' as const,
      words: 'only in one',
      from: onlyIn === 'a' ? 'in the older trial' : 'not there',
      to: onlyIn === 'a' ? 'not there' : 'in the newer trial',
      users: onlyIn === 'a' ? comparison.onlyInA : comparison.onlyInB,
      change: { onlyIn },
    })),
  ].filter(({ users }) => users > 0);
  const kinds = new Set(rows.map(({ kind }) => kind));
  const visible = rows.filter(({ kind }) => shown === 'all' || kind === shown);
  const open = picked === undefined ? visible[0]?.id : picked;
  return (
    <Panel
      title="Who changed sides"
      flush
      actions={
        kinds.size > 1 && (
          <SegmentedControl
            aria-label="Which changes"
            value={shown}
            onChange={setShown}
            data={[
              { value: 'all', label: 'All' },
              ...(kinds.has('broken') ? [{ value: 'broken' as const, label: 'Broken' }] : []),
              ...(kinds.has('fixed') ? [{ value: 'fixed' as const, label: 'Fixed' }] : []),
              ...(kinds.has('other') ? [{ value: 'other' as const, label: 'Other cause' }] : []),
              ...(kinds.has('only') ? [{ value: 'only' as const, label: 'Only in one' }] : []),
            ]}
          />
        )
      }
    >
      {visible.length === 0 && (
        <Text size="sm" c="dimmed" p="md">
          Every user has the same outcome in both.
        </Text>
      )}
      <ul className={classes.groups}>
        {visible.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={classes.group}
              aria-expanded={open === row.id}
              onClick={() => setOpen(open === row.id ? null : row.id)}
            >
              <IconChevronRight size={15} aria-hidden className={classes.chevron} />
              <span className={classes.users}>{formatCount(row.users)}</span>
              <span className={classes.kind} data-kind={row.kind}>
                {row.words}
              </span>
              <span className={classes.causes}>
                <span>{row.from}</span>
                <IconArrowRight size={14} aria-label="to" />
                <span>{row.to}</span>
              </span>
            </button>
            {open === row.id && <ChangedUsers a={a} b={b} phase={phase} change={row.change} />}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
