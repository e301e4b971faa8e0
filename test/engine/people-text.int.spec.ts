import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { planHtml } from '#reporters/html/plan.ts';
import { planMarkdown } from '#reporters/plan-markdown.ts';
import { startEngine } from '#test/engine.ts';
import { sqliteSampleProject } from '#test/sample-project.ts';
import { removeFolder, temporaryFolder } from '#test/temporary-folder.ts';

const home = temporaryFolder('people-text');
const project = join(home, 'acme');
const engine = startEngine();
let trial = '';

beforeAll(async () => {
  await sqliteSampleProject(project, { users: 300 });
  trial = (await engine.trial({ project, kind: 'bulk' })).trial.id;
});
afterAll(async () => {
  await engine.close();
  removeFolder(home);
});

/** What a stream hands over: lines of text, and how many people came as data. */
async function told(
  stream: AsyncIterable<
    { readonly type: string } & { readonly text?: string; readonly people?: readonly unknown[] }
  >,
) {
  let text = '';
  let people = 0;
  for await (const event of stream) {
    text += event.text ?? '';
    people += event.people?.length ?? 0;
  }
  return { lines: text === '' ? [] : text.trimEnd().split(/\r?\n/), people };
}

it('gives the people of an audit as data, or as the text of a file with a heading', async () => {
  const request = { project, against: { kind: 'trial' as const, trial }, list: true };
  const audit = async (listAs?: 'csv' | 'ndjson') =>
    told(await engine.client.audit.run({ ...request, ...(listAs === undefined ? {} : { listAs }) }));
  const [data, csv, ndjson] = [await audit(), await audit('csv'), await audit('ndjson')];
  expect({
    data: [data.lines.length, data.people > 250],
    csv: [csv.people, csv.lines.length - 1, csv.lines[0]?.startsWith('"state","code","key"')],
    ndjson: [ndjson.people, ndjson.lines.length - 1, JSON.parse(ndjson.lines[0] ?? '{}')],
  }).toEqual({
    data: [0, true],
    csv: [0, data.people, true],
    ndjson: [0, data.people, expect.objectContaining({ audit: 1, everybody: true })],
  });
});

it('gives the leftovers of a plan as data, or as CSV with a heading, and neither unless a list is asked for', async () => {
  const plan = async (options: { list: boolean; listAs?: 'csv' }) =>
    told(await engine.client.plan.make({ project, ...options }));
  const data = await plan({ list: true });
  const csv = await plan({ list: true, listAs: 'csv' });
  const none = await plan({ list: false, listAs: 'csv' });
  expect({
    data: [data.lines.length, data.people > 10],
    csv: [csv.people, csv.lines.length - 1, csv.lines[0]?.startsWith('"need","cause","key"')],
    none,
  }).toEqual({ data: [0, true], csv: [0, data.people, true], none: { lines: [], people: 0 } });
});

it('gives a plan as a file, as the command line writes it', async () => {
  let plan: Parameters<typeof engine.client.plan.render>[0]['plan'] | null = null;
  for await (const event of await engine.client.plan.make({ project })) {
    if (event.type === 'result') plan = event.result;
  }
  if (plan === null) throw new Error('no plan');
  const whole = plan;
  const made = await Promise.all(
    (['html', 'markdown', 'json'] as const).map((format) =>
      engine.client.plan.render({ plan: whole, format }),
    ),
  );
  const name = `userferry-plan-${plan.generatedAt.slice(0, 10)}`;
  expect(made).toEqual([
    { fileName: `${name}.html`, mediaType: 'text/html', text: planHtml(plan) },
    { fileName: `${name}.md`, mediaType: 'text/markdown', text: planMarkdown(plan) },
    { fileName: `${name}.json`, mediaType: 'application/json', text: `${JSON.stringify(plan, null, 2)}\n` },
  ]);
});
