import { Text } from '@mantine/core';
import type { z } from 'zod';
import type { diagnosticSchema } from '#contract/diagnostic.ts';
import classes from '#renderer/components/diagnostic-list.module.css';
import { SeverityBadge } from '#renderer/components/severity-badge.tsx';
import { inApp } from '#renderer/words/in-app.ts';

export type Diagnostic = z.infer<typeof diagnosticSchema>;

interface DiagnosticListProps {
  readonly diagnostics: readonly Diagnostic[];
  /** Goes to the place of a diagnostic; its place becomes a button. */
  readonly onGoTo?: (diagnostic: Diagnostic) => void;
}

/** What was found: what, where, why it matters, how to mend it. */
export function DiagnosticList({ diagnostics, onGoTo }: DiagnosticListProps) {
  return (
    <ul className={classes.list}>
      {diagnostics.map((diagnostic, index) => (
        <li key={`${diagnostic.code}-${index}`} className={classes.item}>
          <div className={classes.line}>
            <SeverityBadge severity={diagnostic.severity} compact />
            <Text size="sm" className={classes.message ?? ''}>
              {inApp(diagnostic.message)}
            </Text>
            <Place diagnostic={diagnostic} {...(onGoTo === undefined ? {} : { onGoTo })} />
          </div>
          <div className={classes.more}>
            {diagnostic.notes?.map((note) => (
              <Text key={note} size="xs" c="dimmed">
                {inApp(note)}
              </Text>
            ))}
            {diagnostic.help !== undefined && (
              <Text size="xs">
                <b>Fix:</b> {inApp(diagnostic.help)}
              </Text>
            )}
            <Text size="xs" c="dimmed" className="uf-mono">
              {diagnostic.code}
            </Text>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Place({
  diagnostic,
  onGoTo,
}: { readonly diagnostic: Diagnostic } & Pick<DiagnosticListProps, 'onGoTo'>) {
  const place = placeOf(diagnostic);
  if (place === null) return null;
  if (onGoTo === undefined) return <span className={`${classes.place} uf-mono`}>{place}</span>;
  return (
    <button
      type="button"
      className={`${classes.place} ${classes.go} uf-mono`}
      onClick={() => onGoTo(diagnostic)}
    >
      {place}
    </button>
  );
}

/** `login:12:5`, `userferry.json:3`, `fields.email`. */
function placeOf({ place }: Diagnostic): string | null {
  if (place === undefined) return null;
  const at = (name: string, line?: number, column?: number): string =>
    [name, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
  switch (place.kind) {
    case 'script':
      return at(place.slot, place.line, place.column);
    case 'file':
      return at(place.path, place.line, place.column);
    case 'setting':
      return place.name;
    case 'row':
      return `${place.table} ${place.key}${place.column === undefined ? '' : `.${place.column}`}`;
  }
}
