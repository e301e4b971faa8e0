import { describe, expect, it } from 'vitest';
import { trialRequestSchema } from '#contract/trials.ts';
import { problemsOf, requestOf } from '#renderer/features/trials/setup/trial-request.ts';
import { setupOf } from '#renderer/features/trials/trial/setup-of.ts';
import { FIRST_SETUP, type TrialSetup } from '#renderer/stores/trial-setup.ts';

const setup = (change: Partial<TrialSetup>): TrialSetup => ({ ...FIRST_SETUP, ...change });

describe('the request of a set-up', () => {
  it.each<Partial<TrialSetup>>([
    {},
    { kind: 'bulk', upsert: true, who: 'first', first: 7 },
    { kind: 'mixed', order: 'bulk-first', lazyDays: 30, who: 'where', where: ' a = 1 ' },
    { who: 'only', only: [['a', 1]], workers: 3, timeLimitSeconds: 0.5 },
  ])('is one that the engine takes: %j', (change) => {
    const request = requestOf('/p', setup(change));
    expect(trialRequestSchema.safeParse(request).error).toBe(undefined);
  });

  it('sends nothing that the kind does not use', () => {
    expect(requestOf('/p', setup({ kind: 'bulk', workers: 4, who: 'first', first: 7 }))).toEqual({
      project: '/p',
      kind: 'bulk',
      filter: { limit: 7 },
      upsert: false,
    });
  });

  it.each([
    [{ kind: 'lazy', depth: 'assumed' }, true],
    [{ kind: 'mixed', depth: 'proven' }, true],
    [{ kind: 'lazy', depth: 'profiles' }, false],
    [{ kind: 'bulk' }, false],
  ] as const)('runs Actions only where logins take place: %j', (change, sent) => {
    const request = requestOf('/p', setup({ ...change, pipeline: 'actions' }));
    expect({ sent: request !== null && 'pipeline' in request }).toEqual({ sent });
  });

  it('is none while something is missing, and says what', () => {
    const wrong: [Partial<TrialSetup>, string][] = [
      [{ who: 'first', first: null }, 'first'],
      [{ who: 'where', where: '  ' }, 'where'],
      [{ who: 'only' }, 'only'],
      [{ kind: 'mixed', lazyDays: 0 }, 'lazyDays'],
      [{ workers: 65 }, 'workers'],
      [{ timeLimitSeconds: null }, 'timeLimitSeconds'],
    ];
    expect(
      wrong.map(([change]) => [requestOf('/p', setup(change)), Object.keys(problemsOf(setup(change)))]),
    ).toEqual(wrong.map(([, field]) => [null, [field]]));
  });

  it('gives the same trial again from the options of one that ran', () => {
    const request = requestOf(
      '/p',
      setup({ kind: 'mixed', who: 'where', where: 'a = 1', workers: 2, upsert: true }),
    );
    const { project: _, ...options } = trialRequestSchema.parse(request);
    expect(requestOf('/p', setupOf(options as Parameters<typeof setupOf>[0]))).toEqual(request);
  });
});
