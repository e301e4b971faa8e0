import type { FormatsEvent } from '#contract/passwords.ts';
import { recogniseHash } from '#domain/password/recognise-hash.ts';
import { mapRow } from '#domain/profile/map-row.ts';
import type { Ports } from '#engine/ports/ports.ts';
import { FormatTally } from '#engine/passwords/format-tally.ts';
import { requireHashColumn } from '#engine/passwords/known-samples.ts';
import { eachRecord } from '#engine/passwords/legacy-users.ts';

/** Reads every legacy user once and says, per format, what the target can do with the stored hashes. */
export async function hashFormats(
  ports: Ports,
  folder: string,
  report: (event: FormatsEvent) => void,
  signal: AbortSignal,
): Promise<FormatsEvent> {
  const started = ports.clock.ticks();
  const project = await ports.projects.open(folder);
  requireHashColumn(project);
  const { fields } = project.settings;
  const tally = new FormatTally();
  const access = await ports.openLegacy(project, { forScripts: false });
  try {
    await eachRecord(
      access.store,
      (record) => {
        if (record.kind === 'unreadable') return tally.addUnreadable();
        const { user } = mapRow(record.row, record.key, fields);
        if (user === null) return tally.addWithoutId();
        const recognised = recogniseHash(user.passwordHash, user.passwordSalt, user.passwordScheme);
        return tally.add({ key: record.key, legacyId: user.id }, recognised);
      },
      (done, expected) => report({ type: 'reading', done, expected }),
      signal,
    );
  } finally {
    await access.close();
  }
  const milliseconds = Math.round(ports.clock.ticks() - started);
  return { type: 'result', result: { ...tally.result(), milliseconds } };
}
