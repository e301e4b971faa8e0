import { describe, expect, it } from 'vitest';
import { type PipelineRun, type PipelineStep, pipelineRunSchema } from '#contract/pipeline.ts';
import { maskedPipeline } from '#engine/pipeline/masked-pipeline.ts';
import { pipelineLines } from '#reporters/terminal/pipeline.ts';

const STEP: Omit<PipelineStep, 'kind' | 'name' | 'status'> = {
  trigger: 'post-login',
  handler: 'onExecutePostLogin',
  line: null,
  error: null,
  console: [],
  ms: 1.26,
  memoryBytes: null,
};

const RUN: PipelineRun = {
  mode: 'actions+rules',
  endOfLife: 'Rules are past their end of life.',
  triggers: [{ trigger: 'post-login', because: 'login that migrates', ms: 3 }],
  steps: [
    {
      ...STEP,
      kind: 'rule',
      name: 'tier',
      status: 'ok',
      console: [{ atMs: 1, level: 'log', text: 'mary@example.com' }],
    },
    {
      ...STEP,
      kind: 'action',
      name: 'check',
      status: 'denied',
      line: 4,
      error: { name: 'Error', message: 'mary' },
    },
    { ...STEP, kind: 'action', name: 'claims', status: 'not-run' },
  ],
  outcome: {
    status: 'denied',
    by: 'check',
    reason: 'Not mary',
    error: 'access_denied',
    userMessage: 'Ask us.',
  },
  user: { email: 'mary@example.com', logins: 1 },
  metadata: [{ store: 'app_metadata', key: 'seen', before: null, after: 'mary', by: 'tier' }],
  idToken: {
    before: { name: 'Mary' },
    after: { name: 'M.', plan: ['plus'] },
    dropped: [{ name: 'roles', by: 'tier', why: 'restricted', line: 3 }],
    overwritten: [{ name: 'name', by: 'tier', replaced: 'the profile' }],
  },
  accessToken: null,
  requests: [{ by: 'check', what: 'a second factor (any)' }],
  findings: [
    {
      code: 'pipeline.claim-dropped',
      severity: 'warning',
      title: 'claim that no token takes',
      detail: 'tier: roles',
      fix: '',
      step: 'tier',
      line: 3,
    },
    {
      code: 'pipeline.rules-ran',
      severity: 'warning',
      title: 'rehearsed with Rules',
      detail: '',
      fix: '',
      step: null,
      line: null,
    },
  ],
  differences: [
    {
      what: 'event.user',
      name: 'email',
      before: 'Mary@Example.com',
      after: 'mary@example.com',
      code: 'pipeline.user-differs',
    },
  ],
};

describe('what happened after the scripts', () => {
  it('is said in this order', () => {
    expect(pipelineLines(RUN, { width: 100, colour: false }, 0)).toEqual([
      'after the scripts  actions+rules',
      '  warning  Rules are past their end of life.',
      '  ✓ rule tier  post-login, 1.3 ms',
      '    console  mary@example.com',
      '  ✗ check  post-login, 1.3 ms',
      '    Error: mary (line 4)',
      '  · claims  post-login, not run',
      '  denied  by check: Not mary  (error=access_denied; the person reads "Ask us.")',
      '  writes  app_metadata.seen = mary  (tier)',
      '  asks for  a second factor (any)  (check)',
      '  ID token  name = M.',
      '  ID token  plan = ["plus"]',
      '  ID token  left out: roles of tier (restricted)',
      '  ID token  name: tier replaces the value of the profile',
      '  differs  event.user email: Mary@Example.com with import off, mary@example.com now',
      '           (pipeline.user-differs)',
      '  warning  claim that no token takes (pipeline.claim-dropped): tier: roles, line 3',
    ]);
  });

  it('says nothing where nothing ran', () => {
    expect(pipelineLines({ ...RUN, steps: [] }, { width: 100, colour: false })).toEqual([]);
  });

  it('can be shown without anything of the person', () => {
    const masked = maskedPipeline(RUN);
    expect(pipelineRunSchema.parse(masked)).toEqual(masked);
    expect(JSON.stringify(masked)).not.toMatch(/mary|plus|M\./i);
    expect([masked.steps[0]!.name, Object.keys(masked.idToken!.after!)]).toEqual(['tier', ['name', 'plan']]);
  });
});
